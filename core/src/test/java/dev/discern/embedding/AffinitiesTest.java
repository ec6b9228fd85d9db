package dev.discern.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinitiesTest {
  private static double perplexity(double[] p) {
    return Math.exp(-Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 2, 5, 13.3, 30, 98})
  void givesEveryRowTheAskedPerplexity(double asked) {
    double[][] distances = Affinities.squaredDistances(Clouds.groups(1, 4, 25, 8, 9));

    for (int i = 0; i < distances.length; i++) {
      double[] p = Affinities.conditional(distances[i], i, asked);
      assertThat(perplexity(p)).isCloseTo(asked, within(1.1e-5 * asked));
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
      assertThat(p[i]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-60, 1e-9, 1, 1e9, 1e60})
  void dependsOnNoUnit(double unit) {
    double[][] rows = Clouds.normal(2, 20, 3);
    double[][] scaled =
        Arrays.stream(rows)
            .map(row -> Arrays.stream(row).map(v -> unit * v).toArray())
            .toArray(double[][]::new);

    double[][] p = Affinities.of(rows, 5);
    double[][] same = Affinities.of(scaled, 5);
    for (int i = 0; i < rows.length; i++) {
      assertThat(same[i]).containsExactly(p[i], within(1e-12));
    }
  }

  @Test
  void fallsWithTheDistance() {
    double[][] line = {{0}, {1}, {3}, {6}, {10}};
    double[] p = Affinities.conditional(Affinities.squaredDistances(line)[0], 0, 2);

    assertThat(p[1]).isGreaterThan(p[2]);
    assertThat(p[2]).isGreaterThan(p[3]);
    assertThat(p[3]).isGreaterThan(p[4]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 60})
  void isSymmetricAndAddsUpToOne(int n) {
    double[][] p = Affinities.of(Clouds.normal(n, n, 4), 1 + (n - 1) / 4.0);

    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(p[i][j]).isEqualTo(p[j][i]).isNotNegative();
        sum += p[i][j];
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void sharesEvenlyAmongEqualRowsWhateverThePerplexity() {
    double[][] p = Affinities.of(new double[4][3], 1);

    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(p[i][j]).isCloseTo(i == j ? 0 : 1 / 12.0, within(1e-15));
      }
    }
  }

  @Test
  void givesTheNearestAllWherePerplexityIsOne() {
    double[][] distances = Affinities.squaredDistances(new double[][] {{0}, {1}, {2.5}, {9}});

    assertThat(Affinities.conditional(distances[0], 0, 1))
        .containsExactly(new double[] {0, 1, 0, 0}, within(1e-4));
  }
}
