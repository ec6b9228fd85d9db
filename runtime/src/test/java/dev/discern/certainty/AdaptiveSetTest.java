package dev.discern.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveSetTest {
  private static final double[] P = {0.125, 0.5, 0.125, 0.25};

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0.5", "0, 0.75", "2, 0.875"})
  void theScoreIsTheProbabilityOfTheClassesBefore(int label, double score) {
    assertThat(AdaptiveSet.score(P, label)).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.49, 1", "0.5, 2", "0.74, 2", "0.75, 3", "0.875, 4", "Infinity, 4"})
  void theSetHoldsTheClassesUpToTheThreshold(double threshold, int size) {
    assertThat(AdaptiveSet.size(AdaptiveSet.descending(P), threshold)).isEqualTo(size);
  }

  @Test
  void aSetHoldsAClassIfItsScoreIsAtMostTheThresholdBitByBit() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 300; round++) {
      int classes = 2 + random.nextInt(40);
      float[] logits = new float[classes];
      for (int k = 0; k < classes; k++) {
        logits[k] = (float) (random.nextInt(6) * random.nextGaussian());
      }
      double[] p = new Temperature(0.5 + random.nextDouble()).probabilities(logits, 0, classes);
      double[] descending = AdaptiveSet.descending(p);
      int largest = 0;
      for (int label = 0; label < classes; label++) {
        int size = AdaptiveSet.size(descending, AdaptiveSet.score(p, label));
        assertThat(descending[size - 1]).isLessThanOrEqualTo(p[label]);
        largest = Math.max(largest, size);
      }
      assertThat(largest).isEqualTo(classes);
    }
  }

  @Test
  void sortsACopy() {
    assertThat(AdaptiveSet.descending(P)).containsExactly(0.5, 0.25, 0.125, 0.125);
    assertThat(P[0]).isEqualTo(0.125);
  }

  @Test
  void theScoreNeverExceedsOne() {
    double third = 1.0 / 3 + 1e-15;
    assertThat(AdaptiveSet.score(new double[] {third, third, third, 0}, 3))
        .isCloseTo(1, within(0.0));
  }
}
