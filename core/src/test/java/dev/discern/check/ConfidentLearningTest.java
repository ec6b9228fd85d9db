package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Worked by hand. */
class ConfidentLearningTest {
  // Thresholds: (.9 + .7 + .2) / 3 = .6 and (.8 + .6) / 2 = .7.
  private static final float[] VALUES = {
    .9f, .1f, //
    .7f, .3f,
    .2f, .8f, // labeled 0, confidently 1
    .2f, .8f,
    .4f, .6f // labeled 1, of no class confidently
  };
  private static final int[] LABELS = {0, 0, 0, 1, 1};

  private final Probabilities predicted = new Probabilities(VALUES, 2);
  private final ConfidentLearning learning = new ConfidentLearning(predicted, LABELS);

  @Test
  void thresholdsAreTheMeanProbabilityOfALabelAmongItsImages() {
    assertThat(learning.thresholds()).containsExactly(new double[] {.6, .7}, within(1e-6));
  }

  @Test
  void anImageCountsTowardTheLikeliestClassThatReachesItsThreshold() {
    assertThat(learning.confident(0)).isZero();
    assertThat(learning.confident(2)).isEqualTo(1);
    assertThat(learning.confident(4)).isEqualTo(ConfidentLearning.NONE);
  }

  @Test
  void onlyAnImageOffTheDiagonalIsSuspect() {
    assertThat(learning.isSuspect(2)).isTrue();
    for (int i : new int[] {0, 1, 3, 4}) {
      assertThat(learning.isSuspect(i)).as("image %d", i).isFalse();
    }
    LabelScores scores = new LabelScores(predicted, LABELS, new int[5]);
    assertThat(scores.suspicion(2)).isCloseTo(.8, within(1e-6));
  }

  @Test
  void aClassWithoutImagesIsNeverReached() {
    float[] values = {.1f, .1f, .8f, .2f, .7f, .1f};
    ConfidentLearning three = new ConfidentLearning(new Probabilities(values, 3), new int[] {0, 1});
    assertThat(three.confident(0)).isZero();
    assertThat(three.thresholds()[2]).isInfinite();
  }
}
