package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class NativeMemoryTest {

  // Absolute: the allocator may reuse memory that earlier tests have freed but that is resident.
  @Test
  void seesTheMemoryOfATensorThatWasWritten() {
    Natives.load();
    long bytes = 1L << 30;
    try (Scope scope = new Scope()) {
      Tensor tensor = torch.ones(bytes / Float.BYTES);

      assertThat(tensor.nbytes()).isEqualTo(bytes);
      assertThat(NativeMemory.residentBytes()).isGreaterThan(bytes);
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
