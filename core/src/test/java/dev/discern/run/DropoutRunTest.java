package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drops at random in a run that is stopped is what would have dropped in it as a whole. */
class DropoutRunTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path folder;

  private static RunConfig config(String model) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.name", model)
        .with("data.limitTrain", 64)
        .with("train.batchSize", 16)
        .with("train.epochs", 2)
        .with("train.precision", "fp32")
        .with("train.threads", "1")
        .toConfig("The test");
  }

  private byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wrn(depth=10,width=1,drop=0.3); wrn(depth=10,width=1)",
        "mobilenetv3_small_100(drop=0.2,dropPath=0.2); mobilenetv3_small_100"
      })
  void resumesWithinAnEpochToTheSameBits(String model, String without) throws IOException {
    Path whole = folder.resolve("whole");
    TrainingRun.start(config(model), whole, SILENT, () -> false);
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(config(model), cut, SILENT, () -> steps.incrementAndGet() == 2);
    assertThat(cut.resolve("weights.safetensors")).doesNotExist();

    TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);

    assertThat(weights(cut)).isEqualTo(weights(whole));
    Path other = folder.resolve("other");
    TrainingRun.start(config(without), other, SILENT, () -> false);
    assertThat(weights(other)).as("without dropout").isNotEqualTo(weights(whole));
  }
}
