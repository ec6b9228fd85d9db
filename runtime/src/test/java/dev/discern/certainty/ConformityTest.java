package dev.discern.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.certainty.Conformity.Step;
import dev.discern.failure.InvalidRequest;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConformityTest {
  @Test
  void equalScoresAreOneStep() {
    assertThat(Conformity.of(0.5, 0, 0.25, 0, 0.5).steps())
        .containsExactly(new Step(0, 2), new Step(0.25, 3), new Step(0.5, 5));
  }

  @ParameterizedTest
  // Of 19 scores .01 to .19: the ceil(20 c)-th smallest.
  @CsvSource({
    "0.95, 0.19",
    "0.9, 0.18",
    "0.901, 0.19",
    "0.5, 0.10",
    "0.951, Infinity",
    "0.01, 0.01"
  })
  void theThresholdIsTheOrderStatisticOfTheFiniteSample(double coverage, double threshold) {
    double[] scores = IntStream.rangeClosed(1, 19).mapToDouble(i -> i / 100.0).toArray();
    assertThat(Conformity.of(scores).threshold(coverage)).isEqualTo(threshold);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.9, 9", "0.95, 19", "0.99, 99", "0.7, 3", "0.999999999999, 999999999999"})
  void knowsHowManyImagesACoverageNeeds(double coverage, long images) {
    assertThat(Conformity.imagesFor(coverage)).isEqualTo(images);
    if (images < 1000) {
      assertThat(Conformity.of(new double[(int) images]).threshold(coverage)).isZero();
      if (images > 1) {
        assertThat(Conformity.of(new double[(int) images - 1]).threshold(coverage)).isInfinite();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 95, Double.NaN})
  void refusesACoverageThatIsNoProbability(double coverage) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Conformity.of(0.5).threshold(coverage))
        .withMessageContaining("The coverage is " + coverage)
        .withMessageContaining("between 0 and 1");
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Conformity.imagesFor(coverage));
  }

  @Test
  void keepsFewStepsOfManyAndNeverPromisesTooMuch() {
    double[] scores =
        new SplittableRandom(4).doubles(200_000).map(u -> u < 0.6 ? 0 : u * u).sorted().toArray();
    Conformity conformity = Conformity.of(scores);
    assertThat(conformity.images()).isEqualTo(200_000);
    assertThat(conformity.steps().size()).isLessThan(900);
    for (double coverage : new double[] {0.1, 0.6, 0.75, 0.9, 0.99, 0.999, 0.99999, 0.999994}) {
      int rank = (int) Math.ceil(200_001 * coverage);
      double threshold = conformity.threshold(coverage);
      assertThat(threshold).isGreaterThanOrEqualTo(scores[rank - 1]);
      int reached = (int) Arrays.stream(scores).filter(s -> s <= threshold).count();
      double missed = 1 - reached / 200_001.0;
      if (threshold > 0) {
        assertThat(missed).isBetween(0.99 * (1 - rank / 200_001.0) - 1e-12, 1 - coverage + 1e-12);
      }
    }
  }

  @Test
  void refusesWhatIsNoDistribution() {
    refuses(3, List.of());
    refuses(3, List.of(new Step(0, 2)));
    refuses(3, List.of(new Step(0.5, 2), new Step(0.5, 3)));
    refuses(3, List.of(new Step(0.5, 2), new Step(0.4, 3)));
    refuses(3, List.of(new Step(0.5, 3), new Step(0.6, 3)));
    refuses(3, List.of(new Step(Double.NaN, 3)));
    refuses(3, List.of(new Step(1.1, 3)));
    refuses(3, List.of(new Step(-0.1, 3)));
    refuses(0, List.of(new Step(0, 0)));
  }

  private static void refuses(int images, List<Step> steps) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Conformity(images, steps));
  }

  // Each trial calibrates anew and looks at one image, so trials are independent of each other.
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.9, 0.95})
  void setsHoldTheTrueClassAsOftenAsTheyPromise(double coverage) {
    int trials = 4000;
    int calibrating = 59; // 60·c is whole, so that the coverage is exact
    int held = 0;
    int wrong = 0;
    for (int t = 0; t < trials; t++) {
      Outputs drawn = Drawn.outputs(1000 + t, calibrating + 1, 6, 2.5);
      Conformity conformity = Conformity.of(scores(Temperature.NONE, drawn, 0, calibrating));
      double score = scores(Temperature.NONE, drawn, calibrating, 1)[0];
      held += score <= conformity.threshold(coverage) ? 1 : 0;
      wrong += score > 0 ? 1 : 0;
    }
    assertThat(1 - (double) wrong / trials).as("accuracy").isLessThan(0.75);
    requireWithin(held, trials, coverage);
  }

  @Test
  void aTemperatureFittedOnTheSameImagesDoesNotShowInTheCoverage() {
    int trials = 4000;
    int calibrating = 59;
    int held = 0;
    for (int t = 0; t < trials; t++) {
      Outputs drawn = Drawn.outputs(9000 + t, calibrating + 1, 6, 2.5);
      Outputs seen =
          new Outputs(
              Arrays.copyOf(drawn.logProbabilities(), 6 * calibrating),
              Arrays.copyOf(drawn.labels(), calibrating),
              6);
      Calibration calibration = Calibration.fit(seen);
      double score = scores(calibration.temperature(), drawn, calibrating, 1)[0];
      held += score <= calibration.conformity().threshold(0.9) ? 1 : 0;
    }
    requireWithin(held, trials, 0.9);
  }

  private static void requireWithin(int held, int trials, double coverage) {
    BinomialDistribution expected = BinomialDistribution.of(trials, coverage);
    assertThat(held)
        .isBetween(
            expected.inverseCumulativeProbability(0.005),
            expected.inverseCumulativeProbability(0.995));
  }

  private static double[] scores(Temperature temperature, Outputs outputs, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToDouble(
            i ->
                AdaptiveSet.score(
                    temperature.probabilities(outputs.logProbabilities(), i, outputs.classes()),
                    outputs.labels()[i]))
        .toArray();
  }
}
