package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
  private static double share(int k, Samples samples) {
    TopK top = new TopK(k);
    samples.outcomes().forEach(top::add);
    return top.share();
  }

  @Test
  void risesWithKAndEndsAtOne() {
    Samples samples = Samples.random(11, 400, 8);

    double before = 0;
    for (int k = 1; k <= 8; k++) {
      assertThat(share(k, samples)).isGreaterThan(before);
      before = share(k, samples);
    }
    assertThat(before).isEqualTo(1);
  }

  @Test
  void countsEveryImageWhereClassesAreFewerThanK() {
    assertThat(share(5, Samples.random(12, 50, 3))).isEqualTo(1);
  }

  @Test
  void countsTheFirstKOfATie() {
    Samples even = new Samples(new float[] {0.25f, 0.25f, 0.25f, 0.25f}, new int[] {2}, 4);

    assertThat(share(2, even)).isZero();
    assertThat(share(3, even)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void rejectsAKBelowOne(int k) {
    assertThatThrownBy(() -> new TopK(k))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k is " + k + ", but it must be 1 or more.");
  }

  @Test
  void refusesToMergeAnotherK() {
    assertThatThrownBy(() -> new TopK(1).merge(new TopK(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Top-5 counts cannot be merged into top-1 counts.");
  }
}
