package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
  private static final List<String> TWO_CORES_FOUR_THREADS =
      """
      processor : 0
      model name : Some Processor 9000
      physical id : 0
      core id : 0
      flags : fpu avx2 avx512_bf16

      processor : 1
      physical id : 0
      core id : 0

      processor : 2
      physical id : 1
      core id : 0

      processor : 3
      physical id : 1
      core id : 0
      """
          .lines()
          .toList();

  @Test
  void countsACoreOncePerChipHoweverManyThreadsItHas() {
    Processor processor = Processor.parse(TWO_CORES_FOUR_THREADS, 4);

    assertThat(processor.physical()).isEqualTo(2);
    assertThat(processor.logical()).isEqualTo(4);
  }

  @Test
  void readsModelAndFlagsInOrder() {
    Processor processor = Processor.parse(TWO_CORES_FOUR_THREADS, 4);

    assertThat(processor.model()).isEqualTo("Some Processor 9000");
    assertThat(processor.flags()).containsExactly("avx2", "avx512_bf16", "fpu");
  }

  @Test
  void seesBf16InEitherInstructionSetOnly() {
    assertThat(Processor.parse(List.of("flags : avx512_bf16"), 1).hasBf16()).isTrue();
    assertThat(Processor.parse(List.of("flags : amx_bf16"), 1).hasBf16()).isTrue();
    assertThat(Processor.parse(List.of("flags : avx512f amx_int8"), 1).hasBf16()).isFalse();
  }

  @Test
  void readsTheFeaturesOfAnArmProcessor() {
    assertThat(Processor.parse(List.of("Features\t: fp asimd"), 1).flags())
        .containsExactly("asimd", "fp");
  }

  @Test
  void seesBf16OfAnArmProcessor() {
    assertThat(Processor.parse(List.of("Features\t: fp asimd i8mm bf16 dgh"), 1).hasBf16())
        .isTrue();
    assertThat(Processor.parse(List.of("Features\t: fp asimd i8mm"), 1).hasBf16()).isFalse();
  }

  @Test
  void countsLogicalProcessorsWhereTheSystemSaysNothing() {
    Processor processor = Processor.parse(List.of(), 6);

    assertThat(processor.physical()).isEqualTo(6);
    assertThat(processor.flags()).isEmpty();
    assertThat(processor.hasBf16()).isFalse();
    assertThat(processor.model()).isNotBlank();
  }

  @Test
  void findsAtLeastOneProcessorHere() {
    Processor processor = Processor.detect();

    assertThat(processor.logical()).isPositive();
    assertThat(processor.physical()).isPositive();
    assertThat(processor.model()).isNotBlank();
  }
}
