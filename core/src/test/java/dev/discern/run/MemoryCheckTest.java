package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static ModelCard card(String architecture, int channels, int side) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return new ModelCard(
        architecture,
        "ce",
        Task.ONE_LABEL,
        List.of("cat", "dog"),
        List.of(),
        new Preprocessing(
            new ImageShape(channels, side, side),
            1,
            Interpolation.BILINEAR,
            new Normalization(ones, ones)),
        Map.of());
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    ModelCard card = card("resnet8", 1, 8);
    // Of resnet8 at 8x8: 2·16 for the stem, then 4·16, 4·32/4 and 4·64/16 per pixel.
    double batch = 1.5 * 4 * (64 * (2 * 16 + 4 * 16 + 32 + 16) + 2 * 64) * 1000.0;
    // Weight, gradient and two values of the optimizer; 74,352 in the backbone, 2·64 in the head.
    double needed = batch + 4 * 4 * (74_352 + 2 * 64);
    assertThat(MemoryCheck.bytes(card, 1000)).isEqualTo(needed);

    assertThatCode(() -> MemoryCheck.requireFits(card, 1000, (long) needed))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MemoryCheck.requireFits(card, 1000, (long) needed - 1))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("A batch of 1000 images of 1x8x8 needs about 0.1 GB")
        .hasMessageContaining("train.batchSize");
  }

  @Test
  void refusesANetworkThatDoesNotFit() {
    ModelCard card = card("wrn(depth=1000,width=32,drop=0)", 3, 32);
    assertThatThrownBy(() -> MemoryCheck.requireFits(card, 2, 16_000_000_000L))
        .isInstanceOf(WorkFailed.class)
        .hasMessageMatching(
            "Training wrn\\(.*\\) needs about 2\\d\\d\\.\\d GB for its weights alone, but only 16\\.0 GB"
                + " of memory are available: choose a smaller model\\.");
  }

  @Test
  void explainsWhatTheEngineSaysOfMemory() {
    RuntimeException cpu =
        new RuntimeException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9");
    RuntimeException gpu = new RuntimeException("CUDA out of memory. Tried to allocate 2 GiB");
    RuntimeException other = new RuntimeException("sizes do not match");

    assertThat(MemoryCheck.explained(cpu, 64)).isInstanceOf(WorkFailed.class).hasCause(cpu);
    assertThat(MemoryCheck.explained(gpu, 64)).hasMessageContaining("A batch of 64 images");
    assertThat(MemoryCheck.explained(other, 64)).isSameAs(other);
  }
}
