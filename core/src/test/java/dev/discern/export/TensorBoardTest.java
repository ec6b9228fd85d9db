package dev.discern.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.run.RunDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;
import tools.jackson.databind.json.JsonMapper;

/** Event files, read back by TensorFlow's own reader and messages. */
class TensorBoardTest {
  private static final String FIRST =
      """
      {"epoch":1,"steps":20,"lr":0.1,
       "train":{"loss":2.25,"top1":0.25,"gain":1.5},
       "validation":{"samples":269,"loss":2.0,"top1":0.375,"ece":0.125},
       "seconds":1.5,"imagesPerSecond":812.5,"time":"2026-01-02T03:04:05.678Z"}""";
  private static final String SECOND =
      """
      {"epoch":2,"steps":40,"lr":0.05,
       "train":{"loss":1.25,"top1":0.5,"gain":1.25},
       "validation":{"samples":269,"loss":"NaN","top1":0.75,"ece":0.0625},
       "seconds":1.25,"imagesPerSecond":900,"time":"2026-01-02T03:04:07Z"}""";

  @TempDir Path folder;
  private RunDirectory run;

  @BeforeEach
  void makeRun() {
    run = RunDirectory.create(folder.resolve("run"));
    run.close();
  }

  @Test
  void aReaderFindsEveryScalarWithItsStepAndTime() throws IOException {
    append(FIRST);
    append(SECOND);
    List<Event> events = read(TensorBoard.write(run.path()));
    assertThat(events).hasSize(3);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).getWallTime()).isEqualTo(1767323045.678, within(1e-6));
    assertThat(events.get(1).getStep()).isEqualTo(1);
    assertThat(events.get(1).getWallTime()).isEqualTo(1767323045.678, within(1e-6));
    assertThat(scalars(events.get(1)))
        .isEqualTo(
            Map.of(
                "lr", 0.1f,
                "train/loss", 2.25f,
                "train/top1", 0.25f,
                "train/gain", 1.5f,
                "validation/loss", 2f,
                "validation/top1", 0.375f,
                "validation/ece", 0.125f,
                "seconds", 1.5f,
                "imagesPerSecond", 812.5f));
    assertThat(events.get(2).getStep()).isEqualTo(2);
    assertThat(events.get(2).getWallTime()).isEqualTo(1767323047.0, within(1e-6));
    assertThat(scalars(events.get(2)))
        .containsEntry("validation/top1", 0.75f)
        .doesNotContainKey("validation/loss");
  }

  @Test
  void stepsAndTagsThatNeedSeveralBytesForTheirLengthAreRead() throws IOException {
    String term = "t".repeat(300);
    append("{\"epoch\":70000,\"" + term + "\":-1.5,\"time\":\"2026-01-02T03:04:05Z\"}");
    Event event = read(TensorBoard.write(run.path())).get(1);
    assertThat(event.getStep()).isEqualTo(70_000);
    assertThat(scalars(event)).isEqualTo(Map.of(term, -1.5f));
  }

  @Test
  void epochByEpochGivesTheFileThatTheEndGives() throws IOException {
    append(FIRST);
    Path file = TensorBoard.write(run.path());
    byte[] first = Files.readAllBytes(file);
    Object inode = Files.getAttribute(file, "unix:ino");
    append(SECOND);
    TensorBoard.write(run.path());
    byte[] both = Files.readAllBytes(file);
    assertThat(Arrays.copyOf(both, first.length)).isEqualTo(first);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    Files.delete(file);
    TensorBoard.write(run.path());
    assertThat(file).hasBinaryContent(both);
  }

  @Test
  void aResumeThatDropsAnEpochAndAWriteThatWasCutLeaveNoTrace() throws IOException {
    append(FIRST);
    Path file = TensorBoard.write(run.path());
    byte[] first = Files.readAllBytes(file);
    append(SECOND);
    byte[] both = Files.readAllBytes(TensorBoard.write(run.path()));
    run.keepMetricsUntil(1);
    assertThat(TensorBoard.write(run.path())).hasBinaryContent(first);
    append(SECOND);
    Files.write(file, Arrays.copyOf(both, first.length + 7));
    assertThat(TensorBoard.write(run.path())).hasBinaryContent(both);
    both[first.length - 1] ^= 1;
    Files.write(file, both);
    both[first.length - 1] ^= 1;
    assertThat(TensorBoard.write(run.path())).hasBinaryContent(both);
  }

  @Test
  void aRunWithoutAnEpochHasNoEventFile() {
    assertThat(TensorBoard.write(run.path())).doesNotExist();
  }

  @Test
  void aRunThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TensorBoard.write(folder.resolve("gone")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("There is no run");
  }

  private void append(String line) {
    run.appendMetrics(new JsonMapper().readTree(line));
  }

  private static List<Event> read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    TFRecordReader reader =
        new TFRecordReader(new ByteArrayInputStream(Files.readAllBytes(file)), true);
    for (byte[] record = reader.read(); record != null; record = reader.read()) {
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  private static Map<String, Float> scalars(Event event) {
    Map<String, Float> scalars = new TreeMap<>();
    for (Summary.Value value : event.getSummary().getValueList()) {
      scalars.put(value.getTag(), value.getSimpleValue());
    }
    return scalars;
  }
}
