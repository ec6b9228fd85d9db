package dev.discern.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TSneTest {
  /** The share of points whose nearest neighbour is of their group. */
  private static double agreement(double[][] points, int each) {
    double[][] distances = Affinities.squaredDistances(points);
    int right = 0;
    for (int i = 0; i < points.length; i++) {
      distances[i][i] = Double.POSITIVE_INFINITY;
      int nearest = 0;
      for (int j = 1; j < points.length; j++) {
        nearest = distances[i][j] < distances[i][nearest] ? j : nearest;
      }
      right += nearest / each == i / each ? 1 : 0;
    }
    return (double) right / points.length;
  }

  private static void requireFinite(TSneMap map, int n) {
    assertThat(map.points()).hasDimensions(n, 2);
    for (double[] point : map.points()) {
      assertThat(Double.isFinite(point[0]) && Double.isFinite(point[1])).isTrue();
    }
    assertThat(map.divergence()).isFinite();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void separatesThreeGroups(long seed) {
    TSneMap map = TSne.project(Clouds.groups(seed, 3, 40, 10, 10), 15, 500, seed);

    assertThat(agreement(map.points(), 40)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void separatesMoreGroupsThanTwoPrincipalAxesCan(long seed) {
    double[][] rows = Clouds.groups(seed, 8, 25, 10, 8);

    assertThat(agreement(Pca.project(rows).points(), 25)).isLessThan(0.9);
    assertThat(agreement(TSne.project(rows, 10, 500, seed).points(), 25)).isEqualTo(1);
  }

  @Test
  void comesNearerToTheRowsTheLongerItDescends() {
    double[][] rows = Clouds.groups(4, 5, 20, 6, 4);

    double before = TSne.project(rows, 10, 0, 1).divergence();
    for (int iterations : new int[] {300, 600, 1200}) {
      double divergence = TSne.project(rows, 10, iterations, 1).divergence();
      assertThat(divergence).isLessThan(before).isPositive();
      before = divergence;
    }
  }

  @Test
  void repeatsItselfBitByBitForASeedAndNotForAnother() {
    double[][] rows = Clouds.normal(5, 50, 4);
    double[][] points = TSne.project(rows, 8, 300, 6).points();

    assertThat(TSne.project(rows, 8, 300, 6).points()).isDeepEqualTo(points);
    assertThat(Arrays.deepEquals(TSne.project(rows, 8, 300, 7).points(), points)).isFalse();
  }

  @Test
  void startsFromThePrincipalComponentsWithADeviationOfATenThousandth() {
    double[][] rows = Clouds.normal(6, 400, 5);
    double[][] start = TSne.project(rows, 20, 0, 1).points();
    double[][] components = Pca.project(rows).points();

    double scale =
        1e-4 / Math.sqrt(Arrays.stream(components).mapToDouble(c -> c[0] * c[0]).sum() / 400);
    for (int i = 0; i < 400; i++) {
      // The jitter has a deviation of 1e-6.
      assertThat(start[i][0]).isCloseTo(scale * components[i][0], within(5e-6));
      assertThat(start[i][1]).isCloseTo(scale * components[i][1], within(5e-6));
    }
  }

  @Test
  void keepsTheMapAboutTheOrigin() {
    double[][] points = TSne.project(Clouds.normal(7, 60, 4), 10, 400, 1).points();

    assertThat(Arrays.stream(points).mapToDouble(p -> p[0]).sum()).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(points).mapToDouble(p -> p[1]).sum()).isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 1", "5, 1.3333333333333333", "31, 10", "200, 30"})
  void takesAsMuchPerplexityAsRowsAllow(int n, double used) {
    TSneMap map = TSne.project(Clouds.normal(8, n, 3), 30, 300, 1);

    requireFinite(map, n);
    assertThat(map.perplexity()).isEqualTo(used);
  }

  @Test
  void tellsEqualRowsApart() {
    double[][] rows = Clouds.groups(9, 3, 20, 5, 10);
    for (int i = 1; i < 20; i++) {
      rows[i] = rows[0].clone();
    }
    TSneMap map = TSne.project(rows, 5, 500, 1);

    requireFinite(map, 60);
    assertThat(agreement(map.points(), 20)).isEqualTo(1);
    assertThat(Arrays.stream(map.points()).map(Arrays::toString).distinct().count()).isEqualTo(60);
  }

  @Test
  void mapsRowsThatAreAllEqual() {
    requireFinite(TSne.project(new double[30][4], 5, 500, 1), 30);
  }

  @Test
  void leavesTheLineWhenRowsHaveOneColumn() {
    TSneMap map = TSne.project(Clouds.normal(10, 60, 1), 10, 500, 1);

    requireFinite(map, 60);
    assertThat(Arrays.stream(map.points()).mapToDouble(p -> Math.abs(p[1])).max().orElse(0))
        .isGreaterThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAnImpossiblePerplexity(double perplexity) {
    assertThatThrownBy(() -> TSne.project(Clouds.normal(1, 9, 2), perplexity, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The perplexity is " + perplexity + ", but it must be finite and 1 or more.");
  }

  @Test
  void refusesANegativeNumberOfIterations() {
    assertThatThrownBy(() -> TSne.project(Clouds.normal(1, 9, 2), 2, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The number of iterations is -1, but it must be 0 or more.");
  }

  @Test
  void refusesRowsOfDifferentLengths() {
    assertThatThrownBy(() -> TSne.project(new double[][] {{1, 2}, {3}}, 2, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 has 1 values, but row 0 has 2.");
  }
}
