package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolmTest {
  /** In steps of 1/20, so that ties are common. */
  private static double[] drawn(long seed, int m) {
    return new SplittableRandom(seed).ints(m, 0, 21).mapToDouble(i -> i / 20.0).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void liesBetweenTheRawValueAndBonferronisAndKeepsTheOrder(long seed) {
    int m = 1 + (int) seed;
    double[] p = drawn(seed, m);
    double[] adjusted = Holm.adjust(p);

    for (int i = 0; i < m; i++) {
      assertThat(adjusted[i]).isBetween(p[i], Math.min(1, m * p[i]));
      for (int j = 0; j < m; j++) {
        assertThat(p[i] > p[j] || adjusted[i] <= adjusted[j]).isTrue();
      }
    }
  }

  @Test
  void multipliesTheSmallestByAll() {
    assertThat(Holm.adjust(0.5, 0.0625, 0.25)).containsExactly(0.5, 0.1875, 0.5);
  }

  @Test
  void leavesItsArgumentAlone() {
    double[] p = {0.5, 0.25};
    assertThat(Holm.adjust(p)).isNotSameAs(p);

    assertThat(p).containsExactly(0.5, 0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoProbability(double p) {
    assertThatThrownBy(() -> Holm.adjust(0.5, p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("P-value 1 is " + p + ", but it must be in [0, 1].");
  }
}
