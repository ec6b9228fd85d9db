package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean stopped = new AtomicBoolean();

  private static RunConfig config(Map<String, ?> options) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.name", "resnet8")
        .with("loss.spec", "ce")
        .with("data.limitTrain", 128)
        .with("train.batchSize", 16)
        .with("train.epochs", 2)
        .with("train.precision", "fp32")
        .with("train.threads", "1")
        .with(options)
        .toConfig("The test");
  }

  static Stream<Map<String, ?>> options() {
    return Stream.of(
        Map.of("optim.accumulate", 3),
        Map.of("optim.ema", 0.9),
        Map.of(
            "optim.accumulate", 3, "optim.ema", 0.9, "train.patience", 9, "data.testFlip", true));
  }

  private byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void resumesWithinAnEpochToTheSameBits(Map<String, ?> options) throws IOException {
    Path whole = resumed(options);
    Path without = folder.resolve("without");
    TrainingRun.start(config(Map.of()), without, SILENT, () -> false);
    assertThat(weights(without)).as("without the options").isNotEqualTo(weights(whole));
  }

  // The average starts from the head that was trained first.
  @Test
  void resumesWithEveryOptionAfterTheHeadWasTrained() throws IOException {
    Path start = folder.resolve("start");
    TrainingRun.start(config(Map.of()), start, SILENT, () -> false);
    Path file = start.resolve("weights.safetensors");
    Path whole =
        resumed(
            Map.of(
                "model.weights",
                file.toString(),
                "model.norms",
                "frozen",
                "train.headEpochs",
                2,
                "optim.accumulate",
                3,
                "optim.ema",
                0.9,
                "train.patience",
                9,
                "data.testFlip",
                true));
    Map<String, float[]> before = tensors(file);
    Map<String, float[]> after = tensors(whole.resolve("weights.safetensors"));
    assertThat(after.get("bn1.running_mean")).isEqualTo(before.get("bn1.running_mean"));
    assertThat(after.get("bn1.weight")).isNotEqualTo(before.get("bn1.weight"));
  }

  private Path resumed(Map<String, ?> options) throws IOException {
    Path whole = folder.resolve("whole");
    TrainingRun.start(config(options), whole, SILENT, () -> false);
    Path cut = folder.resolve("cut");
    TrainingRun.start(config(options), cut, stopper(), stopped::get);
    assertThat(cut.resolve("weights.safetensors")).doesNotExist();
    assertThat(RunDirectory.open(cut).metrics()).isEmpty();

    TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);

    assertThat(weights(cut)).isEqualTo(weights(whole));
    assertThat(Files.readAllBytes(cut.resolve("checkpoints/best")))
        .isEqualTo(Files.readAllBytes(whole.resolve("checkpoints/best")));
    return whole;
  }

  // After the first of two steps of an epoch or, without accumulation, of eight.
  private RunListener stopper() {
    return new RunListener() {
      @Override
      public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
        stopped.set(true);
      }
    };
  }

  @Test
  void measuresAndKeepsTheAverageOfTheWeights() {
    Path run = folder.resolve("averaged");
    TrainingRun.start(config(Map.of("optim.ema", 0.9)), run, SILENT, () -> false);
    Map<String, float[]> last = tensors(run.resolve("checkpoints/last"));
    Map<String, float[]> weights = tensors(run.resolve("weights.safetensors"));
    weights.forEach(
        (name, values) -> {
          assertThat(last.get("model." + name)).as(name).isEqualTo(values);
          assertThat(last.get("raw." + name)).as(name).isNotEqualTo(values);
        });
    assertThat(tensors(run.resolve("checkpoints/best")).keySet())
        .allMatch(name -> name.startsWith("model."));
    double validation = RunDirectory.open(run).metrics().get(1).at("/validation/loss").asDouble();
    Evaluation again = Evaluation.of(run, Evaluation.Request.own("last", "validation"));
    assertThat(again.figures().path("loss").asDouble()).isCloseTo(validation, within(1e-5));
  }

  private static Map<String, float[]> tensors(Path file) {
    Map<String, float[]> values = new TreeMap<>();
    try (Scope scope = new Scope()) {
      SafeTensors.read(file)
          .tensors()
          .forEach(
              (name, t) -> {
                if (t.is_floating_point()) {
                  values.put(name, Tensors.toFloats(t));
                }
              });
    }
    return values;
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
        "optim.ema        | 1     | must be 0 (off), or lie in (0, 1)",
        "train.patience   | -1    | must be 0 (off) or more",
        "optim.ema        | -0.1  | must be 0 (off), or lie in (0, 1)",
      })
  void refusesValuesOutsideTheirRange(String key, double value, String reason) {
    Object number = value == Math.rint(value) ? (Object) (int) value : (Object) value;
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> config(Map.of(key, number)))
        .withMessageStartingWith(key + " is ")
        .withMessageContaining(reason);
  }
}
