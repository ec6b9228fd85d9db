package dev.discern.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
  private static double valley(double[] at, double[] gradient) {
    double off = at[1] - at[0] * at[0];
    gradient[0] = -400 * at[0] * off - 2 * (1 - at[0]);
    gradient[1] = 200 * off;
    return 100 * off * off + (1 - at[0]) * (1 - at[0]);
  }

  @Test
  void findsTheEndOfACurvedValley() {
    double[] start = {-1.2, 1};
    double[] found = Lbfgs.minimum(LbfgsTest::valley, start, 1e-9);
    assertThat(found).containsExactly(new double[] {1, 1}, within(1e-6));
    assertThat(start).containsExactly(-1.2, 1);
  }

  @Test
  void findsTheMinimumWhereScalesDifferAThousandfold() {
    double[] found =
        Lbfgs.minimum(
            (at, gradient) -> {
              double value = 0;
              for (int i = 0; i < at.length; i++) {
                double curvature = Math.pow(10, i % 4);
                gradient[i] = curvature * (at[i] - i);
                value += curvature * (at[i] - i) * (at[i] - i) / 2;
              }
              return value;
            },
            new double[40],
            1e-8);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(i, within(1e-6));
    }
  }

  @Test
  void staysWhereTheGradientIsZero() {
    assertThat(Lbfgs.minimum(LbfgsTest::valley, new double[] {1, 1}, 1e-9)).containsExactly(1, 1);
  }

  @Test
  void keepsTheBestPointWhereTheFunctionIsNotANumber() {
    double[] found =
        Lbfgs.minimum(
            (at, gradient) -> {
              gradient[0] = 1;
              return at[0] < -3 ? Double.NaN : at[0];
            },
            new double[1],
            1e-9);
    assertThat(found[0]).isBetween(-3.0, -2.9);
  }
}
