package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
  @Test
  void readsOneImageARow() {
    List<Outcome> outcomes =
        Outcome.of(new float[] {0.5f, 0.25f, 0.25f, 0.125f, 0.25f, 0.625f}, new int[] {0, 1}, 3);

    assertThat(outcomes)
        .containsExactly(
            new Outcome(0, 0, 0, 0.5, 0.25, 0.5), new Outcome(1, 2, 1, 0.25, 0.625, 0.625));
  }

  @Test
  void breaksTiesForTheLowerClass() {
    float[] even = {0.25f, 0.25f, 0.25f, 0.25f};

    for (int label = 0; label < 4; label++) {
      Outcome outcome = Outcome.of(even, new int[] {label}, 4).get(0);
      assertThat(outcome.predicted()).isZero();
      assertThat(outcome.rank()).isEqualTo(label);
    }
  }

  @Test
  void ranksFirstExactlyWhereThePredictionIsRight() {
    assertThat(Samples.random(3, 500, 6).outcomes())
        .allSatisfy(o -> assertThat(o.rank() == 0).isEqualTo(o.predicted() == o.label()));
  }

  @Test
  void takesTheConfidenceFromTheLikelierOfTruthAndRival() {
    assertThat(Samples.random(4, 500, 6).outcomes())
        .allSatisfy(
            o ->
                assertThat(o.confidence())
                    .isEqualTo(Math.max(o.trueProbability(), o.rivalProbability())));
  }

  @Test
  void readsAnEmptyBatch() {
    assertThat(Outcome.of(new float[0], new int[0], 3)).isEmpty();
  }

  @Test
  void acceptsOneRoundedUp() {
    float above = Math.nextUp(1f);
    assertThat(Outcome.of(new float[] {above, 0}, new int[] {0}, 2).get(0).confidence())
        .isEqualTo(above);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.01f, 1.01f, 5f})
  void rejectsWhatIsNoProbability(float value) {
    float[] probabilities = {0.5f, 0.5f, 1, value};

    assertThatThrownBy(() -> Outcome.of(probabilities, new int[] {0, 0}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Image 1 of the batch has probability "
                + value
                + " for class 1, but it must be in [0, 1].");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void rejectsALabelOutsideTheClasses(int label) {
    assertThatThrownBy(() -> Outcome.of(new float[] {1, 0}, new int[] {label}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Image 0 of the batch has label " + label + ", but the classes are 0 to 1.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 7, 12})
  void rejectsProbabilitiesThatDoNotFillTheRows(int length) {
    assertThatThrownBy(() -> Outcome.of(new float[length], new int[] {0, 1}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(length + " probabilities do not fit 2 images of 3 classes.");
  }
}
