package dev.discern.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaTest {
  private static final int DRAWS = 4000;
  private static final int GRID = 500;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 1, 2.5, 40, 1000})
  void followsItsBetaDistribution(double alpha) {
    int[] upTo = new int[GRID];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < DRAWS; i++) {
      double lambda = Lambda.draw(alpha, random);
      assertThat(lambda).isBetween(0.0, 1.0);
      for (int k = (int) Math.ceil(lambda * GRID); k < GRID; k++) {
        upTo[k]++;
      }
    }
    BetaDistribution beta = BetaDistribution.of(alpha, alpha);
    double distance = 0; // Kolmogorov's, on a grid: small alphas put much mass at exactly 0 and 1
    for (int k = 1; k < GRID; k++) {
      double expected = beta.cumulativeProbability((double) k / GRID);
      distance = Math.max(distance, Math.abs(expected - (double) upTo[k] / DRAWS));
    }
    // A true sample is farther away once in a thousand times: 1.95 / sqrt(n).
    assertThat(distance).isLessThan(1.95 / Math.sqrt(DRAWS));
  }

  @Test
  void dependsOnTheGeneratorAlone() {
    assertThat(Lambda.draw(0.2, new SplittableRandom(1)))
        .isEqualTo(Lambda.draw(0.2, new SplittableRandom(1)))
        .isNotEqualTo(Lambda.draw(0.2, new SplittableRandom(2)));
  }
}
