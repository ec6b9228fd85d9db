package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option of docs/training.md, and all of them together, in whole runs. */
class TrainingOptionsTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path folder;

  private static RunConfig config(Map<String, ?> options) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.name", "resnet8")
        .with("data.limitTrain", 128)
        .with("train.batchSize", 16)
        .with("train.epochs", 2)
        .with("train.precision", "fp32")
        .with("train.threads", "1")
        .with(options)
        .toConfig("The test");
  }

  static Stream<Map<String, ?>> options() {
    return Stream.of(Map.of("optim.accumulate", 3));
  }

  private byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void resumesWithinAnEpochToTheSameBits(Map<String, ?> options) throws IOException {
    Path whole = folder.resolve("whole");
    TrainingRun.start(config(options), whole, SILENT, () -> false);
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(config(options), cut, SILENT, () -> steps.incrementAndGet() == 1);
    assertThat(cut.resolve("weights.safetensors")).doesNotExist();

    TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);

    assertThat(weights(cut)).isEqualTo(weights(whole));
    assertThat(Files.readAllBytes(cut.resolve("checkpoints/best")))
        .isEqualTo(Files.readAllBytes(whole.resolve("checkpoints/best")));
    Path without = folder.resolve("without");
    TrainingRun.start(config(Map.of()), without, SILENT, () -> false);
    assertThat(weights(without)).as("without the options").isNotEqualTo(weights(whole));
  }

  @Test
  void countsStepsOfSeveralBatches() {
    Session session =
        Session.build(config(Map.of("optim.accumulate", 3)), folder.resolve("counted"));
    assertThat(session.training().stepsPerEpoch()).isEqualTo(8);
    assertThat(session.stepsPerEpoch()).isEqualTo(2);
    Session one = Session.build(config(Map.of("optim.accumulate", 99)), folder.resolve("one"));
    assertThat(one.stepsPerEpoch()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optim.accumulate | 0     | must be 1 (off) to 1024 batches per step",
        "optim.accumulate | 99999 | must be 1 (off) to 1024 batches per step",
      })
  void refusesValuesOutsideTheirRange(String key, double value, String reason) {
    Object number = value == Math.rint(value) ? (Object) (int) value : (Object) value;
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> config(Map.of(key, number)))
        .withMessageStartingWith(key + " is ")
        .withMessageContaining(reason);
  }
}
