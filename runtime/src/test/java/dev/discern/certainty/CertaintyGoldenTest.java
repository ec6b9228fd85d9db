package dev.discern.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Against SciPy and the definition of the sets: tools/golden/certainty.py. */
class CertaintyGoldenTest {
  private record Golden(String madeBy, List<Case> cases) {}

  private record Case(
      String name,
      int classes,
      float[] logProbabilities,
      int[] labels,
      float[] test,
      double temperature,
      double nll,
      double[] scores,
      List<Sets> sets) {
    @Override
    public String toString() {
      return name;
    }

    Outputs outputs() {
      return new Outputs(logProbabilities, labels, classes);
    }
  }

  private record Sets(double coverage, @Nullable Double threshold, int[] sizes) {}

  static Stream<Case> cases() {
    String path = "/golden/certainty.json";
    try (InputStream file = CertaintyGoldenTest.class.getResourceAsStream(path)) {
      return new JsonMapper()
          .readValue(Objects.requireNonNull(file, path), Golden.class).cases().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheTemperatureOfScipy(Case golden) {
    // A minimum is known to the square root of the precision with which its value is.
    assertThat(Temperature.fit(golden.outputs()).value())
        .isCloseTo(golden.temperature(), within(2e-7 * golden.temperature()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreThoseOfTheDefinition(Case golden) {
    Temperature temperature = new Temperature(golden.temperature());
    double[] scores =
        IntStream.range(0, golden.labels().length)
            .mapToDouble(
                i ->
                    AdaptiveSet.score(
                        temperature.probabilities(golden.logProbabilities(), i, golden.classes()),
                        golden.labels()[i]))
            .toArray();
    assertThat(scores).containsExactly(golden.scores(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thresholdsAndSetsAreThoseOfTheDefinition(Case golden) {
    Calibration calibration = Calibration.fit(golden.outputs());
    for (Sets sets : golden.sets()) {
      double threshold = calibration.conformity().threshold(sets.coverage());
      double expected =
          sets.threshold() == null ? Double.POSITIVE_INFINITY : sets.threshold().doubleValue();
      assertThat(threshold).isCloseTo(expected, within(1e-6));
      assertThat(sizes(golden, calibration.temperature(), threshold)).isEqualTo(sets.sizes());
    }
  }

  private static int[] sizes(Case golden, Temperature temperature, double threshold) {
    return IntStream.range(0, golden.test().length / golden.classes())
        .map(
            i ->
                AdaptiveSet.size(
                    AdaptiveSet.descending(
                        temperature.probabilities(golden.test(), i, golden.classes())),
                    threshold))
        .toArray();
  }
}
