package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

final class NativeSettingsTest {
  private static final Map<String, String> TUNED =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_TOP_PAD_", "67108864");
  private static final Map<String, String> PRELOADED =
      Map.of("LD_PRELOAD", "/usr/lib/libtcmalloc_minimal.so.4");

  @Test
  void isSilentWhereAllIsSet() {
    assertThat(NativeSettings.advice("Linux", TUNED, 0)).isEmpty();
    assertThat(NativeSettings.advice("Linux", PRELOADED, 0)).isEmpty();
  }

  @Test
  void namesWhatAnUntunedProcessLacks() {
    assertThat(NativeSettings.advice("Linux", Map.of("MALLOC_ARENA_MAX", "1"), 0))
        .singleElement()
        .asString()
        .contains("MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_")
        .doesNotContain("MALLOC_ARENA_MAX");
  }

  @Test
  void saysNothingOfGlibcElsewhere() {
    assertThat(NativeSettings.advice("Mac OS X", Map.of(), 0)).isEmpty();
  }

  @Test
  void warnsOfALimitThatDerivesFromTheHeap() {
    assertThat(NativeSettings.advice("Linux", TUNED, 256L << 20))
        .singleElement()
        .asString()
        .contains("takes 256 MB", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
  }

  @Test
  void describesTheAllocator() {
    assertThat(NativeSettings.allocator(PRELOADED)).isEqualTo("tcmalloc");
    assertThat(NativeSettings.allocator(TUNED)).isEqualTo("the system's, tuned");
    assertThat(NativeSettings.allocator(Map.of())).isEqualTo("the system's, not tuned");
    assertThat(NativeSettings.allocator(Map.of("MALLOC_ARENA_MAX", "1")))
        .isEqualTo("the system's, tuned in part");
  }

  @Test
  void liftsTheLimitsAndKeepsOpenBlasToOneThread() {
    Natives.load();

    assertThat(Pointer.maxPhysicalBytes()).isZero();
    assertThat(NativeSettings.blasThreads()).isEqualTo(1);
  }
}
