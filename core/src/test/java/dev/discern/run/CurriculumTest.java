package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.train.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CurriculumTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path folder;

  private static RunConfig config(String curriculum) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("data.limitTrain", 240)
        .with("train.epochs", 4)
        .with("train.batchSize", 32)
        .with("train.curriculum", curriculum)
        .toConfig("The test");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  @Test
  void growsFromTheMostConfusingClassesWithAsManyStepsAsThePlainSchedule() {
    Path expanding = folder.resolve("expanding");
    Path plain = folder.resolve("plain");
    TrainingRun.start(config("class-expansion(stages=3)"), expanding, SILENT, () -> false);
    TrainingRun.start(config("none"), plain, SILENT, () -> false);
    RunDirectory run = RunDirectory.open(expanding);
    List<JsonNode> lines = run.metrics();
    assertThat(lines)
        .extracting(line -> line.path("steps").asInt())
        .isEqualTo(
            RunDirectory.open(plain).metrics().stream()
                .map(line -> line.path("steps").asInt())
                .toList());
    JsonNode stages = run.readJson("curriculum.json").orElseThrow().path("stages");
    assertThat(stages.size()).isEqualTo(3);
    List<String> before = List.of();
    for (int s = 0; s < 3; s++) {
      List<String> classes = texts(stages.get(s).path("classes"));
      assertThat(classes).hasSize(new int[] {4, 7, 10}[s]);
      assertThat(classes.subList(0, before.size())).isEqualTo(before);
      assertThat(stages.get(s).path("epoch").asInt()).isEqualTo(s + 2);
      before = classes;
    }
    JsonNode scores = stages.get(0).path("confusion");
    double least =
        texts(stages.get(0).path("classes")).stream()
            .mapToDouble(name -> scores.path(name).asDouble())
            .min()
            .orElseThrow();
    assertThat(
            scores.properties().stream()
                .filter(entry -> entry.getValue().asDouble() > least)
                .count())
        .as("no class that is left out confuses more")
        .isEqualTo(3);
    assertThat(run.config().train().curriculum()).isEqualTo("class-expansion(stages=3,warmup=1)");
  }

  @Test
  void whatConfusesIsMeasuredOnTheTrainingImagesAfterTheWarmUp() {
    Path run = folder.resolve("measured");
    RunConfig config = CanonicalConfig.of(config("class-expansion(stages=2)"));
    int warmUp = Session.build(config, run).training().stepsPerEpoch();
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(config, run, SILENT, () -> steps.incrementAndGet() == warmUp);
    Session warm = Session.build(config, run);
    Checkpoint.restore(warm.checkpoint().findLast().orElseThrow().file(), warm.network());
    double[] sums = new double[10];
    int[] counts = new int[10];
    var unused =
        warm.evaluator()
            .evaluate(
                warm.evaluation(warm.split().train()),
                (batch, lp, features) -> {
                  for (int i = 0; i < batch.size(); i++) {
                    int y = batch.labels().requireOne()[i];
                    sums[y] += 1 - Math.exp(lp[10 * i + y]);
                    counts[y]++;
                  }
                });
    TrainingRun.resume(run, tree -> tree, SILENT, () -> false);
    JsonNode scores =
        RunDirectory.open(run).readJson("curriculum.json").orElseThrow().at("/stages/0/confusion");
    for (int k = 0; k < 10; k++) {
      assertThat(scores.path(Integer.toString(k)).asDouble(Double.NaN))
          .isCloseTo(sums[k] / counts[k], within(1e-9));
    }
  }

  @Test
  void aRunStoppedWithinAStageEndsWithTheBitsOfAnUncutOne() throws Exception {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    RunConfig config = config("class-expansion(stages=3)");
    TrainingRun.start(config, whole, SILENT, () -> false);
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(config, cut, SILENT, () -> steps.incrementAndGet() == 17);
    TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);
    assertThat(Files.readAllBytes(cut.resolve("weights.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.resolve("weights.safetensors")));
    assertThat(Files.readString(cut.resolve("curriculum.json")))
        .isEqualTo(Files.readString(whole.resolve("curriculum.json")));
  }

  @Test
  void smoothedTargetsAndClassWeightsAreThoseOfTheClassesTaught() {
    RunConfig config =
        ConfigTree.of(config("class-expansion(stages=2)"))
            .with("loss.labelSmoothing", 0.1)
            .with("loss.classWeights", "balanced")
            .toConfig("The test");
    TrainingRun.start(config, folder.resolve("smoothed"), SILENT, () -> false);
    assertThat(RunDirectory.open(folder.resolve("smoothed")).metrics())
        .allMatch(line -> Double.isFinite(line.path("train").path("loss").asDouble()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seesaw", "soft-margin", "complement-ce", "logit-norm", "bce", "focal"})
  void teachesAnyLossOnLogits(String loss) {
    RunConfig config =
        ConfigTree.of(config("class-expansion(stages=2)"))
            .with("loss.spec", loss)
            .toConfig("The test");
    Path run = folder.resolve("taught");
    assertThat(TrainingRun.start(config, run, SILENT, () -> false).finished()).isTrue();
    assertThat(RunDirectory.open(run).metrics())
        .allMatch(line -> Double.isFinite(line.path("train").path("loss").asDouble(Double.NaN)));
  }

  @Test
  void refusesALossThatIsMoreThanLogitsAndAScheduleThatDoesNotFit() {
    RunConfig withCentres =
        ConfigTree.of(config("class-expansion")).with("loss.spec", "center").toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(withCentres))
        .withMessageContaining("but not with center");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(config("class-expansion(stages=4)")))
        .withMessageContaining("must be at least 5");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(config("class-growth")))
        .withMessageContaining(
            "Curriculum 'class-growth' is unknown: choose one of class-expansion");
  }

  @Test
  void refusesSmoothedTargetsWhereTheyHaveNoMeaning() {
    RunConfig config =
        ConfigTree.of(config("none"))
            .with("loss.spec", "arcface")
            .with("loss.labelSmoothing", 0.1)
            .toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(config))
        .withMessageContaining("arcface needs one right class per image");
  }

  @Test
  void aMethodThatComparesPairsGetsBalancedBatches() {
    RunConfig config =
        ConfigTree.of(config("none")).with("loss.spec", "cc-loss").toConfig("The test");
    assertThat(CanonicalConfig.of(config).train().sampler()).isEqualTo("class-balanced");
    assertThat(CanonicalConfig.of(config("none")).train().sampler()).isEqualTo("shuffled");
  }

  @Test
  void aLostCurriculumIsNamedRatherThanMadeAnew() throws Exception {
    Path cut = folder.resolve("lost");
    AtomicBoolean third = new AtomicBoolean();
    RunListener listener =
        new RunListener() {
          @Override
          public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
            third.set(epoch == 3);
          }
        };
    TrainingRun.start(config("class-expansion(stages=3)"), cut, listener, third::get);
    Files.delete(cut.resolve("curriculum.json"));
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> TrainingRun.resume(cut, tree -> tree, SILENT, () -> false))
        .withMessageContaining("records 0 stages, but training is in stage 2");
  }

  @Test
  void aClassThatCountsNothingCannotBeTaughtAlone() {
    RunConfig config =
        ConfigTree.of(config("class-expansion(stages=3)"))
            .with("loss.classWeights", "0,1,1,1,1,1,1,1,1,1")
            .toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> TrainingRun.start(config, folder.resolve("zero"), SILENT, () -> false))
        .withMessageContaining("give every class some weight");
  }

  @Test
  void smoothedTargetsHaveNoGain() {
    RunConfig config =
        ConfigTree.of(config("none"))
            .with("train.epochs", 1)
            .with("loss.labelSmoothing", 0.1)
            .toConfig("The test");
    TrainingRun.start(config, folder.resolve("plain"), SILENT, () -> false);
    assertThat(RunDirectory.open(folder.resolve("plain")).metrics())
        .allMatch(line -> line.path("train").path("gain").isMissingNode());
  }
}
