package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.card.ModelCard;
import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that start from the weights of another. */
class StartingWeightsTest {
  private static final RunListener SILENT = new RunListener() {};
  private static final int STEPS = 8;

  @TempDir private static Path shared;
  private static Path first = Path.of("");
  private static byte[] whole = {};

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws Exception {
    first = shared.resolve("first");
    TrainingRun.start(config("none", 1), first, SILENT, () -> false);
    TrainingRun.start(config(first.toString(), 2), shared.resolve("whole"), SILENT, () -> false);
    whole = Files.readAllBytes(shared.resolve("whole/weights.safetensors"));
  }

  private static RunConfig config(String weights, int epochs) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.weights", weights)
        .with("data.limitTrain", 128)
        .with("train.batchSize", 16)
        .with("train.epochs", epochs)
        .toConfig("The test");
  }

  private static JsonNode weights(Path run) throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(run.resolve("environment.json")))
        .path("weights");
  }

  private Path copyOfWeights() throws Exception {
    return Files.copy(
        first.resolve("checkpoints/best"), Files.createDirectory(folder.resolve("w")).resolve("b"));
  }

  @Test
  void startsWhereTheOtherEnded() throws Exception {
    List<String> notes = new ArrayList<>();
    AtomicInteger steps = new AtomicInteger();
    RunListener listener =
        new RunListener() {
          @Override
          public void onStart(RunStart start) {
            notes.addAll(start.notes());
          }
        };
    Path run = folder.resolve("run");
    TrainingRun.start(
        config(first.toString(), 1), run, listener, () -> steps.incrementAndGet() > 2);
    assertThat(notes).contains("Loaded 37 tensors from " + first + ".");
    JsonNode recorded = weights(run);
    assertThat(recorded.path("source").asString()).isEqualTo(first.toString());
    assertThat(recorded.path("matched").asInt()).isEqualTo(37);
    for (String key : List.of("replaced", "missing", "leftOver")) {
      assertThat(recorded.path(key).isArray()).isTrue();
      assertThat(recorded.path(key)).isEmpty();
    }
    assertThat(ModelCard.of(run.resolve("checkpoints/last")).provenance())
        .containsEntry("weights", "first");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, STEPS + 6})
  void resumesToTheSameBitsAfterTheWeightsAreGone(int stopAt) throws Exception {
    Path file = copyOfWeights();
    Path run = folder.resolve("run");
    AtomicInteger asked = new AtomicInteger();
    TrainingRun.start(
        config(file.toString(), 2), run, SILENT, () -> asked.incrementAndGet() >= stopAt);
    JsonNode recorded = weights(run);
    assertThat(recorded.path("matched").asInt()).isEqualTo(37);
    Files.delete(file);
    assertThat(TrainingRun.resume(run, tree -> tree, SILENT, () -> false).finished()).isTrue();
    assertThat(weights(run)).isEqualTo(recorded);
    assertThat(tensors(Files.readAllBytes(run.resolve("weights.safetensors"))))
        .isEqualTo(tensors(whole));
  }

  // The header names the file of the weights.
  private static List<Byte> tensors(byte[] file) {
    int header = (file[0] & 0xff) | (file[1] & 0xff) << 8 | (file[2] & 0xff) << 16;
    List<Byte> bytes = new ArrayList<>();
    for (int i = 8 + header; i < file.length; i++) {
      bytes.add(file[i]);
    }
    return bytes;
  }

  @Test
  void aRunThatDoesNotFitLeavesNothingBehind() {
    RunConfig config =
        ConfigTree.of(config(first.toString(), 1))
            .with("model.name", "resnet20")
            .toConfig("The test");
    Path run = folder.resolve("run");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> TrainingRun.start(config, run, SILENT, () -> false))
        .withMessageContaining("it is resnet8, so set model.name to that");
    assertThat(run).doesNotExist();
  }

  @Test
  void aConfigurationWithoutTheKeysStartsFromRandomWeights() throws Exception {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(first.resolve("config.yaml"))
            .replaceAll("(?m)^ +(weights|partialWeights):.*\\n", ""));
    assertThat(Files.readString(config)).doesNotContain("artialWeights");
    RunConfig read =
        ConfigTree.defaults().with(ConfigTree.read(config), "config.yaml").toConfig("config.yaml");
    assertThat(read.model().hasWeights()).isFalse();
    assertThat(read.model().partialWeights()).isFalse();
  }
}
