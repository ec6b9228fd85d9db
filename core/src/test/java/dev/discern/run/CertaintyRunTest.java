package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.certainty.Calibration;
import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.predict.Classifier;
import dev.discern.predict.PredictionSets;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A run that ends with calibrated weights. */
class CertaintyRunTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private static Path folder;
  private static Path run = Path.of("");
  private static JsonNode result = RunDirectory.tree(Map.of());
  private static Map<String, String> bestBefore = Map.of();

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    result =
        TrainingRun.start(
                config(),
                run,
                new RunListener() {
                  @Override
                  public void onEpoch(dev.discern.train.EpochResult epoch) {
                    if (epoch.epoch() == 2) {
                      bestBefore = SafeTensors.readMetadata(run.resolve("checkpoints/best"));
                    }
                  }
                },
                () -> false)
            .result()
            .orElseThrow();
  }

  private static RunConfig config() {
    return ConfigTree.of(Defaults.of("digits"))
        .with("loss.spec", "ce")
        .with("data.limitTrain", 256)
        .with("train.batchSize", 32)
        .with("train.epochs", 3)
        .toConfig("The test");
  }

  private static Calibration calibration(Path file) {
    return ModelCard.of(file).calibration().orElseThrow();
  }

  @Test
  void lastAndBestWeightsHaveTheirOwnCalibration() {
    Calibration last = calibration(run.resolve("weights.safetensors"));
    Calibration best = calibration(run.resolve("checkpoints/best"));
    int validation = result.at("/last/validation/samples").asInt();
    assertThat(last.conformity().images()).isEqualTo(validation);
    assertThat(best.conformity().images()).isEqualTo(validation);
    boolean same = result.at("/best/epoch").asInt() == 3;
    assertThat(best.equals(last)).isEqualTo(same);
    assertThat(ModelCard.of(run.resolve("checkpoints/last")).calibration()).isEmpty();
    assertThat(ModelFile.find(run, ModelFile.LAST).card().calibration()).contains(last);
    assertThat(result.at("/best/certainty/temperature").asDouble())
        .isEqualTo(best.temperature().value());
  }

  @Test
  void describingTheBestCheckpointKeepsItsProgressAndItsBits() throws Exception {
    Path file = run.resolve("checkpoints/best");
    Map<String, String> after = SafeTensors.readMetadata(file);
    assertThat(after).containsKeys("epoch", "step", "bestScore").doesNotContainKey("other");
    assertThat(after.keySet()).isEqualTo(bestBefore.keySet());
    Path again = folder.resolve("again");
    try (Scope scope = new Scope()) {
      SafeTensors.Content content = SafeTensors.read(file);
      Map<String, Tensor> tensors = new TreeMap<>(content.tensors());
      SafeTensors.write(again, tensors, after);
    }
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void aRepeatedConclusionWritesTheSameBits() throws Exception {
    byte[] best = Files.readAllBytes(run.resolve("checkpoints/best"));
    byte[] last = Files.readAllBytes(run.resolve("weights.safetensors"));
    Files.move(run.resolve("result.json"), folder.resolve("result.json"));
    assertThat(TrainingRun.resume(run, tree -> tree, SILENT, () -> false).finished()).isTrue();
    assertThat(run.resolve("checkpoints/best")).hasBinaryContent(best);
    assertThat(run.resolve("weights.safetensors")).hasBinaryContent(last);
  }

  @Test
  void theFiguresAddUp() {
    JsonNode certainty = result.at("/last/certainty");
    assertThat(certainty.at("/before/ece").asDouble())
        .isCloseTo(result.at("/test/ece").asDouble(), within(1e-6));
    assertThat(certainty.at("/before/nll").asDouble())
        .isCloseTo(result.at("/test/loss").asDouble(), within(1e-4));
    int images = result.at("/test/samples").asInt();
    for (JsonNode sets : certainty.path("sets")) {
      assertThat(sets.path("sizes").valueStream().mapToInt(JsonNode::asInt).sum())
          .isEqualTo(images);
      assertThat(sets.path("share").asDouble())
          .isGreaterThanOrEqualTo(result.at("/test/top1").asDouble());
      assertThat(sets.path("meanSize").asDouble()).isGreaterThanOrEqualTo(1);
    }
    List<JsonNode> answered = certainty.path("answered").valueStream().toList();
    assertThat(answered.get(answered.size() - 1).path("accuracy").asDouble())
        .isCloseTo(result.at("/test/top1").asDouble(), within(1e-12));
    assertThat(run.resolve(CertaintyRecord.FILE)).exists();
  }

  @Test
  void evaluatingAgainGivesTheSameFigures() {
    Evaluation again = Evaluation.of(run, Evaluation.Request.own("best", "test"));
    assertThat(again.figures().path("certainty")).isEqualTo(result.at("/best/certainty"));
  }

  @Test
  void aClassifierKnowsItsSets() {
    try (Classifier classifier = Classifier.open(run)) {
      PredictionSets sets = classifier.sets(0.95);
      assertThat(sets.areCalibrated()).isTrue();
      assertThat(sets.calibrationImages()).isEqualTo(result.at("/last/validation/samples").asInt());
    }
  }
}
