package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.Datasets;
import dev.discern.data.Split;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
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
    int highestEpoch =
        RunDirectory.open(run).metrics().stream()
            .max(Comparator.comparingDouble(line -> line.at("/validation/mAP").asDouble()))
            .orElseThrow()
            .path("epoch")
            .asInt();
    // With few validation images, a later epoch may be preferred.
    assertThat(result.at("/best/epoch").asInt()).isGreaterThanOrEqualTo(highestEpoch);
    assertThat(result.at("/test/perClass").size()).isEqualTo(10);
    TestPredictions predictions = TestPredictions.read(run, Task.MANY_LABELS);
    assertThat(predictions.size()).isEqualTo(result.at("/test/samples").asInt());
    assertThat(Evaluation.of(run, Evaluation.Request.own("last", "test")).figures().path("mAP"))
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
  }

  @Test
  void aRunIsNamedAfterTheMethodThatItsTaskTakes() {
    RunConfig several = Defaults.named(tree().toConfig("The test"));
    assertThat(RunDirectory.free(folder, several))
        .isEqualTo(folder.resolve("digits-multilabel-bce-resnet8-seed0"));
    assertThat(RunDirectory.free(folder, Defaults.named(Defaults.of("digits"))))
        .isEqualTo(folder.resolve("digits-crl-resnet8-seed0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss.spec|ce|ce is for one class per image, but composed pictures of digits have several",
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
        .withMessageContaining("several labels per image");
    assertThat(run).doesNotExist();
  }

  @Test
  void refusesMethodsOfSeveralLabelsWhereImagesHaveOneClass() {
    RunConfig config =
        ConfigTree.of(Defaults.of("digits"))
            .with("loss.spec", "two-way-metric")
            .toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(config))
        .withMessageContaining(
            "two-way-metric is for several labels per image, but digits has one class per image:"
                + " choose one of ce, nllr, crl,");
  }

  @Test
  void balancedWeightsAreInverseToTheLabelsFrequencies() {
    Split split = Datasets.load(config("multilabel-bce").data());
    int[] counts = split.train().classCounts();
    double total = Arrays.stream(counts).sum();
    float[] weights = ClassWeights.balanced(split.train(), 10);
    for (int k = 0; k < 10; k++) {
      assertThat((double) weights[k]).isCloseTo(total / (10.0 * counts[k]), within(1e-6));
    }
    assertThat(total).as("pictures have several labels").isGreaterThan(split.train().size());
  }

  @Test
  void aFinishedRunIsToldSoWhereverItsDataAre() throws Exception {
    Path data = folder.resolve("data.csv");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      Path one = folder.resolve(i + ".png");
      ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", one.toFile());
      lines.append(i).append(i % 2 == 0 ? ".png,a\n" : ".png,a;b\n");
    }
    Files.writeString(data, lines);
    RunConfig config =
        ConfigTree.of(Defaults.of(data.toString()))
            .with("train.epochs", 1)
            .with("data.imageSize", 16)
            .with("model.name", "resnet8")
            .toConfig("The test");
    Path run = folder.resolve("run");
    TrainingRun.start(config, run, SILENT, () -> false);
    Files.delete(data);
    assertThat(TrainingRun.resume(run, tree -> tree, SILENT, () -> false).finished()).isTrue();
  }
}
