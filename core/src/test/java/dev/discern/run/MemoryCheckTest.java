package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.ConfigTree;
import dev.discern.config.WorkFailed;
import dev.discern.train.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static Network network() {
    return Session.build(
            ConfigTree.of(Defaults.of("digits")).with("loss.spec", "ce").toConfig("test"),
            Path.of("unused"))
        .network();
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    Network network = network();
    // Of resnet8 at 8x8: 2·16 for the stem, then 4·16, 4·32/4 and 4·64/16 per pixel.
    double needed = 1.5 * 4 * (64 * (2 * 16 + 4 * 16 + 32 + 16) + 2 * 64) * 1000.0;
    assertThat(MemoryCheck.bytes(network, 1000)).isEqualTo(needed);

    assertThatCode(() -> MemoryCheck.requireFits(network, 1000, (long) needed))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MemoryCheck.requireFits(network, 1000, (long) needed - 1))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("A batch of 1000 images of 1x8x8 needs about 0.1 GB")
        .hasMessageContaining("train.batchSize");
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
