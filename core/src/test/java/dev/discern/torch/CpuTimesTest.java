package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuTimesTest {
  private static final SortedSet<Integer> ALL = Collections.emptySortedSet();
  private static final Offset<Double> EXACTLY = within(1e-9);
  private static final int[] IDLE = {0, 0, 0};

  @TempDir private Path root;
  private Machine machine;

  @BeforeEach
  void startAtZero() throws IOException {
    machine = new Machine(root).processors(IDLE, IDLE).process("self", 0, 0, 0);
  }

  private CpuTimes now(Long... neighbors) {
    return CpuTimes.of(root, ALL, List.of(neighbors));
  }

  @Test
  void countsCoresThatOthersKeepBusy() throws IOException {
    CpuTimes before = now();
    machine.processors(new int[] {100, 0, 0}, new int[] {50, 0, 50});

    assertThat(now().busySince(before)).isEqualTo(1.5, EXACTLY);
  }

  @Test
  void takesItsOwnTimeOff() throws IOException {
    CpuTimes before = now();
    machine.processors(new int[] {100, 0, 0}, new int[] {50, 0, 50}).process("self", 60, 40, 0);

    assertThat(now().busySince(before)).isEqualTo(0.5, EXACTLY);
  }

  @Test
  void takesTheTimeOfNeighborsOffAlsoOfOneThatStartedSince() throws IOException {
    machine.process("11", 500, 0, 0);
    CpuTimes before = now(11L);
    machine
        .processors(new int[] {100, 0, 0}, new int[] {100, 0, 0})
        .process("11", 590, 0, 0)
        .process("12", 30, 10, 0);

    assertThat(now(11L, 12L).busySince(before)).isEqualTo(0.7, EXACTLY);
  }

  @Test
  void looksOnlyAtProcessorsThatItMayUse() throws IOException {
    SortedSet<Integer> second = new TreeSet<>(List.of(1));
    CpuTimes before = CpuTimes.of(root, second, List.of());
    machine.processors(new int[] {100, 0, 0}, new int[] {10, 0, 90});

    assertThat(CpuTimes.of(root, second, List.of()).busySince(before)).isEqualTo(0.1, EXACTLY);
  }

  @Test
  void doesNotYieldToNicedProcesses() throws IOException {
    CpuTimes before = now(11L);
    machine.processors(new int[] {40, 60, 0}, new int[] {0, 100, 0}).process("11", 100, 0, 19);

    assertThat(now(11L).busySince(before)).isEqualTo(0.4, EXACTLY);
  }

  @Test
  void yieldsToNicedProcessesIfItIsNicedItself() throws IOException {
    machine.process("self", 0, 0, 10);
    CpuTimes before = now();
    machine.processors(new int[] {40, 60, 0}, new int[] {0, 100, 0});

    assertThat(now().busySince(before)).isEqualTo(2, EXACTLY);
  }

  @Test
  void isZeroWhereNoTimePassedOrNothingIsTold(@TempDir Path empty) {
    assertThat(now().busySince(now())).isZero();
    CpuTimes nothing = CpuTimes.of(empty, ALL, List.of(1L));
    assertThat(nothing.busySince(nothing)).isZero();
  }

  @Test
  void isNeverNegative() throws IOException {
    CpuTimes before = now();
    machine.processors(new int[] {5, 0, 95}, new int[] {0, 0, 100}).process("self", 7, 0, 0);

    assertThat(now().busySince(before)).isZero();
  }
}
