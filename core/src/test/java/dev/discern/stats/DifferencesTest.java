package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTest {
  @Test
  void tiesTheSameHundredthWhereverItWasTaken() {
    double[] a = {0.93, 0.83, 0.14, 0.57};
    double[] b = {0.94, 0.84, 0.15, 0.56};
    double[] raw = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};

    double[] differences = Differences.of(a, b);

    assertThat(Arrays.stream(raw).distinct().count()).isEqualTo(3); // or this test shows nothing
    assertThat(differences).containsOnly(differences[0], -differences[0]);
    assertThat(differences[3]).isNegative();
  }

  @Test
  void takesRoundingOfEqualValuesForZero() {
    assertThat(Differences.of(new double[] {0.1 + 0.2, 1}, new double[] {0.3, 1}))
        .containsExactly(0.0, 0.0);
  }

  @Test
  void keepsDifferencesThatAreFarApartForTheSizeOfTheValues() {
    double[] a = {1000, 1000, 1000};
    double[] b = {1000 + 1e-10, 1000 + 2e-10, 1000 - 4e-10};

    assertThat(Differences.of(a, b)).containsExactly(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void changesNothingByMoreThanRoundingAndNegatesWhenExchanged(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.ints(200, 0, 100).mapToDouble(i -> i / 100.0).toArray();
    double[] b = random.ints(200, 0, 100).mapToDouble(i -> i / 100.0).toArray();

    double[] forth = Differences.of(a, b);
    double[] back = Differences.of(b, a);

    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(forth[i] - (b[i] - a[i]))).isLessThan(1e-15);
      assertThat(back[i]).isEqualTo(0 - forth[i]);
    }
    assertThat(Arrays.stream(forth).map(Math::abs).distinct().count()).isLessThanOrEqualTo(100);
  }
}
