package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class NativeMemoryTest {

  @Test
  void seesTheMemoryOfATensorThatWasWritten() {
    Natives.load();
    long before = NativeMemory.residentBytes();
    try (Scope scope = new Scope()) {
      Tensor tensor = torch.ones(256L << 20 >> 2);

      assertThat(NativeMemory.residentBytes() - before).isGreaterThan(200L << 20);
      assertThat(tensor.numel()).isEqualTo(64L << 20);
    }
  }

  @Test
  void countsAPointerUntilItsScopeCloses() {
    Natives.load();
    long before = NativeMemory.livePointers();
    try (Scope scope = new Scope()) {
      Tensor tensor = torch.ones(1);

      assertThat(tensor.numel()).isEqualTo(1);
      assertThat(NativeMemory.livePointers()).isGreaterThan(before);
    }
    assertThat(NativeMemory.livePointers()).isLessThanOrEqualTo(before);
  }
}
