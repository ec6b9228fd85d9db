package discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import discern.config.ConfigTree;
import discern.config.InvalidConfig;
import discern.config.RunConfig;
import discern.config.Task;
import discern.train.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs on pictures of two to four digits. */
class SeveralLabelsTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path folder;

  private static ConfigTree tree() {
    return ConfigTree.of(Defaults.of("digits"))
        .with("data.compose", 4)
        .with("train.epochs", 12)
        .with("train.batchSize", 32);
  }

  private static RunConfig config(String loss) {
    return tree().with("loss.spec", loss).toConfig("The test");
  }

  @Test
  void learnsAndIsJudgedByMeanAveragePrecision() {
    Path run = folder.resolve("run");
    JsonNode result =
        TrainingRun.start(config("auto"), run, SILENT, () -> false).result().orElseThrow();
    assertThat(result.path("loss").asString()).isEqualTo("multilabel-bce");
    // Chance is about .27, the share of pictures that carry a label.
    assertThat(result.at("/last/test/mAP").asDouble()).isGreaterThan(0.8);
    double best = 0;
    int bestEpoch = 0;
    for (JsonNode line : RunDirectory.open(run).metrics()) {
      if (line.at("/validation/mAP").asDouble() > best) {
        best = line.at("/validation/mAP").asDouble();
        bestEpoch = line.path("epoch").asInt();
      }
    }
    assertThat(result.at("/best/epoch").asInt()).isEqualTo(bestEpoch);
    assertThat(result.at("/test/perClass").size()).isEqualTo(10);
    TestPredictions predictions = TestPredictions.read(run, Task.MANY_LABELS);
    assertThat(predictions.size()).isEqualTo(result.at("/test/samples").asInt());
    assertThat(Evaluation.of(run, "last", "test").path("mAP"))
        .isEqualTo(result.at("/last/test/mAP"));
  }

  @Test
  void aStoppedRunEndsWithTheBitsOfAnUncutOne() throws Exception {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    RunConfig config =
        ConfigTree.of(config("two-way-metric")).with("train.epochs", 3).toConfig("The test");
    TrainingRun.start(config, whole, SILENT, () -> false);
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(config, cut, SILENT, () -> steps.incrementAndGet() == 17);
    TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);
    assertThat(Files.readAllBytes(cut.resolve("weights.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.resolve("weights.safetensors")));
    assertThat(RunDirectory.open(cut).metrics().get(1).at("/train/imageView").isNumber()).isTrue();
    assertThat(Progress.START.bestScore()).isNegative();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss.spec|ce|ce is for one class an image, but composed pictures of digits have several",
        "loss.labelSmoothing|0.1|loss.labelSmoothing is 0.1, but it spreads the mass of one class",
        "train.sampler|class-balanced|train.sampler is class-balanced, but it sorts images by",
        "train.curriculum|class-expansion|train.curriculum is class-expansion, but it teaches"
      })
  void refusesWhatNeedsOneClassAnImage(String key, String value, String reason) {
    RunConfig config =
        tree()
            .with(key, key.endsWith("Smoothing") ? (Object) Double.valueOf(value) : value)
            .toConfig("The test");
    Path run = folder.resolve("run");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> TrainingRun.start(config, run, SILENT, () -> false))
        .withMessageContaining(reason)
        .withMessageContaining("several labels an image");
    assertThat(run).doesNotExist();
  }

  @Test
  void refusesMethodsOfSeveralLabelsWhereImagesHaveOneClass() {
    RunConfig config =
        ConfigTree.of(Defaults.of("digits"))
            .with("loss.spec", "two-way-metric")
            .toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> TrainingRun.canonical(config))
        .withMessageContaining(
            "two-way-metric is for several labels an image, but digits has one class an image:"
                + " take one of ce, nllr, crl,");
  }

  @Test
  void balancedWeightsAreInverseToTheLabelsFrequencies() {
    RunConfig config =
        ConfigTree.of(config("multilabel-bce"))
            .with("loss.classWeights", "balanced")
            .with("train.epochs", 1)
            .toConfig("The test");
    Path run = folder.resolve("run");
    JsonNode result = TrainingRun.start(config, run, SILENT, () -> false).result().orElseThrow();
    assertThat(result.at("/test/loss").asDouble()).isFinite();
  }
}
