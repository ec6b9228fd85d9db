package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Task;
import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.torch.Precision;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTrialTest {
  private static final ModelCard CARD =
      new ModelCard(
          "resnet8",
          "ce",
          Task.ONE_LABEL,
          List.of("cat", "dog"),
          List.of(),
          new Preprocessing(
              new ImageShape(3, 8, 8),
              1,
              Interpolation.BILINEAR,
              new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {1, 1, 1})),
          Map.of());

  @TempDir private Path folder;
  private final AtomicInteger trials = new AtomicInteger();

  // A new process has its own results but the same file.
  private PrecisionMemory memory(String machine) {
    return new PrecisionMemory(folder.resolve("cache"), machine, new ConcurrentHashMap<>());
  }

  private Precision asked(PrecisionMemory memory, String key, Precision found) {
    return memory.get(
        key,
        () -> {
          trials.incrementAndGet();
          return found;
        });
  }

  @Test
  void triesOnceForANetworkAndAMachine() {
    assertThat(asked(memory("a"), "resnet8", Precision.FP32)).isEqualTo(Precision.FP32);
    assertThat(asked(memory("a"), "resnet8", Precision.BF16)).isEqualTo(Precision.FP32);
    assertThat(trials).hasValue(1);
    assertThat(asked(memory("b"), "resnet8", Precision.BF16)).isEqualTo(Precision.BF16);
    assertThat(asked(memory("a"), "resnet20", Precision.BF16)).isEqualTo(Precision.BF16);
    assertThat(trials).hasValue(3);
  }

  @Test
  void triesAgainWhereTheFileIsDamagedOrCannotBeWritten() throws IOException {
    assertThat(asked(memory("a"), "resnet8", Precision.FP32)).isEqualTo(Precision.FP32);
    Files.writeString(folder.resolve("cache/precision.json"), "{\"resnet8 a\": [");
    assertThat(asked(memory("a"), "resnet8", Precision.BF16)).isEqualTo(Precision.BF16);
    PrecisionMemory blocked =
        new PrecisionMemory(folder.resolve("cache/precision.json"), "a", new ConcurrentHashMap<>());
    assertThat(asked(blocked, "resnet8", Precision.FP32)).isEqualTo(Precision.FP32);
    assertThat(asked(blocked, "resnet8", Precision.BF16)).isEqualTo(Precision.FP32);
  }

  @Test
  void keepsTheResultOfTheProcessThatWasFirst() {
    Precision second =
        memory("a")
            .get(
                "resnet8",
                () -> {
                  assertThat(asked(memory("a"), "resnet8", Precision.FP32))
                      .isEqualTo(Precision.FP32);
                  return Precision.BF16;
                });
    assertThat(second).isEqualTo(Precision.FP32);
    assertThat(asked(memory("a"), "resnet8", Precision.BF16)).isEqualTo(Precision.FP32);
  }

  @Test
  void leavesWeightsAndStatisticsAsTheyAre() {
    Network network = Networks.create(CARD, 3, List.of(), "cpu", "fp32");
    Map<String, float[]> before = new HashMap<>();
    network.store().state().forEach((name, t) -> before.put(name, Tensors.toFloats(t)));
    PrecisionTrial trial = new PrecisionTrial(network, "resnet8", memory("a"));

    Precision training = trial.faster(true, 4);
    Precision inference = trial.faster(false, 4);

    assertThat(List.of(Precision.values())).contains(training, inference);
    network
        .store()
        .state()
        .forEach((name, t) -> assertThat(Tensors.toFloats(t)).as(name).isEqualTo(before.get(name)));
    network
        .store()
        .parameters()
        .forEach((name, t) -> assertThat(t.grad().defined()).as(name).isFalse());
  }

  @Test
  void triesAFrozenBackbone() {
    Network network = Networks.create(CARD, 3, List.of(), "cpu", "fp32");
    network.store().parameters().values().forEach(t -> t.set_requires_grad(false));
    assertThat(List.of(Precision.values()))
        .contains(new PrecisionTrial(network, "resnet8", memory("a")).faster(true, 4));
  }
}
