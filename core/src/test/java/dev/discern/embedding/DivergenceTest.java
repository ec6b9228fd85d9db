package dev.discern.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergenceTest {
  private static final int N = 7;
  private static final double[][] P = Affinities.of(Clouds.normal(1, N, 4), 2);

  private static double[] drawn(long seed) {
    return new SplittableRandom(seed).doubles(N, -1, 1).toArray();
  }

  /**
   * The divergence by definition, {@code Σ p·ln(p/(w/Z))}. As the p add up to 1, that is {@code Σ
   * p·ln(p/w) + ln Z}; exaggeration is of the p, and leaves Z alone.
   */
  private static double byDefinition(double exaggeration, double[] x, double[] y) {
    double z = 0;
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double w = 1 / (1 + Math.pow(x[i] - x[j], 2) + Math.pow(y[i] - y[j], 2));
        z += i == j ? 0 : w;
        sum += P[i][j] == 0 ? 0 : exaggeration * P[i][j] * Math.log(P[i][j] / w);
      }
    }
    return sum + Math.log(z);
  }

  /** The slope of the definition by one of the coordinates of point i, to about 1e-9. */
  private static double slope(double exaggeration, double[] x, double[] y, double[] along, int i) {
    double step = 1e-5;
    double middle = along[i];
    along[i] = middle + step;
    double above = byDefinition(exaggeration, x, y);
    along[i] = middle - step;
    double below = byDefinition(exaggeration, x, y);
    along[i] = middle;
    return (above - below) / (2 * step);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isItsDefinition(long seed) {
    double[] x = drawn(seed);
    double[] y = drawn(seed + 100);

    assertThat(new Divergence(P).at(x, y)).isCloseTo(byDefinition(1, x, y), within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 12})
  void hasTheGradientOfItsDefinition(double exaggeration) {
    double[] x = drawn(3);
    double[] y = drawn(4);
    double[] gradientX = new double[N];
    double[] gradientY = new double[N];
    new Divergence(P).gradient(x, y, exaggeration, gradientX, gradientY);

    for (int i = 0; i < N; i++) {
      assertThat(gradientX[i]).isCloseTo(slope(exaggeration, x, y, x, i), within(1e-8));
      assertThat(gradientY[i]).isCloseTo(slope(exaggeration, x, y, y, i), within(1e-8));
    }
  }

  @Test
  void overwritesOldGradients() {
    double[] gradientX = drawn(5);
    double[] gradientY = drawn(6);
    double[] freshX = new double[N];
    double[] freshY = new double[N];
    Divergence divergence = new Divergence(P);
    divergence.gradient(drawn(7), drawn(8), 1, gradientX, gradientY);
    divergence.gradient(drawn(7), drawn(8), 1, freshX, freshY);

    assertThat(gradientX).containsExactly(freshX);
    assertThat(gradientY).containsExactly(freshY);
  }

  @Test
  void isZeroForOnePoint() {
    assertThat(new Divergence(new double[1][1]).at(new double[] {3}, new double[] {4})).isZero();
  }
}
