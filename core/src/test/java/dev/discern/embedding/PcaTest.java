package dev.discern.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcaTest {
  private static final double[][] NOWHERE = {{0, 0}, {0, 0}, {0, 0}};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void turnsAPlaneAndKeepsItsDistances(long seed) {
    double[][] rows = Clouds.normal(seed, 12, 2);
    Projection ours = Pca.project(rows);

    double[][] before = Affinities.squaredDistances(rows);
    double[][] after = Affinities.squaredDistances(ours.points());
    for (int i = 0; i < rows.length; i++) {
      assertThat(after[i]).containsExactly(before[i], within(1e-12));
    }
    assertThat(ours.explained()[0] + ours.explained()[1]).isCloseTo(1, within(1e-12));
    assertThat(ours.explained()[0]).isGreaterThan(ours.explained()[1]);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void centresPointsAndLeavesTheirCoordinatesUncorrelated(long seed) {
    double[][] points = Pca.project(Clouds.normal(seed, 30, 6)).points();

    assertThat(Arrays.stream(points).mapToDouble(p -> p[0]).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(points).mapToDouble(p -> p[1]).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(points).mapToDouble(p -> p[0] * p[1]).sum())
        .isCloseTo(0, within(1e-11));
  }

  @Test
  void putsEqualRowsExactlyOnOneSpot() {
    double[] row = {0.1, -7.3, 1e9};
    Projection ours = Pca.project(new double[][] {row, row, row});

    assertThat(ours.points()).isDeepEqualTo(NOWHERE);
    assertThat(ours.explained()).containsExactly(0, 0);
  }

  @Test
  void putsASingleRowAtTheOrigin() {
    assertThat(Pca.project(new double[][] {{3, 4, 5}}).points()).isDeepEqualTo(new double[1][2]);
  }

  @Test
  void pointsTheAxisOfASingleColumnUpwards() {
    Projection ours = Pca.project(new double[][] {{3}, {1}, {8}});

    assertThat(ours.points()).isDeepEqualTo(new double[][] {{-1, 0}, {-3, 0}, {4, 0}});
    assertThat(ours.explained()).containsExactly(1, 0);
  }

  @Test
  void leavesItsArgumentAlone() {
    double[][] rows = Clouds.normal(3, 5, 4);
    double[][] copy = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    assertThat(Pca.project(rows).points()).isNotEmpty();

    assertThat(rows).isDeepEqualTo(copy);
  }

  @Test
  void refusesNoRowsAndNoColumns() {
    String message = "There are no rows with values, so there is nothing to map.";

    assertThatThrownBy(() -> Pca.project(new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Pca.project(new double[3][0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesRowsOfDifferentLengths() {
    assertThatThrownBy(() -> Pca.project(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 has 1 values, but row 0 has 2.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e101, -1e101})
  void refusesValuesThatCannotBeSquaredAndSummed(double value) {
    assertThatThrownBy(() -> Pca.project(new double[][] {{1, 2}, {3, value}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 contains " + value + ", but absolute values must be at most 1.0E100.");
  }

  @Test
  void mapsTheLargestValuesThereMayBe() {
    Projection ours = Pca.project(new double[][] {{1e100, 0}, {-1e100, 0}});

    assertThat(ours.points()[0]).containsExactly(1e100, 0);
    assertThat(ours.explained()).containsExactly(1, 0);
  }
}
