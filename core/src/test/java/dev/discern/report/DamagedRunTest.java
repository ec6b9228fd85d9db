package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.WorkFailed;
import dev.discern.run.Defaults;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A run that lost a file, or half of one, is named with what to do; never is it half reported. */
class DamagedRunTest {
  @TempDir static Path folder;

  @TempDir private Path copies;

  @BeforeAll
  static void train() {
    TrainingRun.start(
        ConfigTree.of(Defaults.of("digits"))
            .with("data.limitTrain", 60)
            .with("train.epochs", 2)
            .with("train.batchSize", 20)
            .toConfig("The test"),
        folder.resolve("run"),
        new RunListener() {},
        () -> false);
  }

  private Path copy() throws IOException {
    Path copy = copies.resolve("run");
    Files.createDirectory(copy);
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static void report(Path run) {
    JsonNode unused = Report.write(run, List.of(Entry.of(run)), "./discern train");
  }

  @Test
  void aWholeRunIsReported() throws Exception {
    Path run = copy();
    report(run);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "predictions.csv, is missing: move result.json",
    "features.csv, is missing: move result.json",
    "environment.json, has result.json but no environment.json",
    "metrics.jsonl, was trained for 2 epochs"
  })
  void aLostFileIsNamed(String file, String sentence) throws Exception {
    Path run = copy();
    Files.delete(run.resolve(file));
    refuses(run, sentence);
  }

  @Test
  void aFinishedRunWithoutItsConfigurationIsNoRunThatNeverBegan() throws Exception {
    Path run = copy();
    Files.delete(run.resolve("config.yaml"));
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> RunRecord.read(new Entry("ce", 0, run)))
        .withMessageContaining("has result.json but no config.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "predictions.csv, .5, one of them is cut",
    "features.csv, .5, features.csv is damaged",
    "features.csv, .001, features.csv is damaged (0 rows instead of",
    "result.json, .5, Cannot read",
    "environment.json, .5, Cannot read",
    "metrics.jsonl, .4, has 0 epochs"
  })
  void aCutFileIsNamed(String file, double share, String sentence) throws Exception {
    Path run = copy();
    byte[] whole = Files.readAllBytes(run.resolve(file));
    int kept = (int) (whole.length * share);
    // To the end of a line, where there is one: the hardest cut to notice.
    for (int i = kept; i > 0 && file.equals("predictions.csv"); i--) {
      if (whole[i - 1] == '\n') {
        kept = i;
        break;
      }
    }
    Files.write(run.resolve(file), Arrays.copyOf(whole, kept));
    refuses(run, sentence);
  }

  private static void refuses(Path run, String sentence) {
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> report(run))
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .contains(run.toString(), sentence)
                    .doesNotContain("\n"));
  }
}
