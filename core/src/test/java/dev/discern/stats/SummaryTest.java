package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
  @Test
  void knowsOfOneValueOnlyTheMean() {
    assertThat(Summary.of(0.75)).isEqualTo(new Summary(1, 0.75, null, null));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, -1 / 3.0, 0.9371, 1e-300, 1e15})
  void findsNoSpreadInEqualValues(double value) {
    double[] values = DoubleStream.generate(() -> value).limit(7).toArray();

    assertThat(Summary.of(values))
        .isEqualTo(new Summary(7, value, 0.0, new Interval(value, value)));
  }

  @Test
  void coversTheTrueMeanInNineteenOfTwentySamples() {
    SplittableRandom random = new SplittableRandom(1);
    int samples = 20_000;
    int covered = 0;
    for (int i = 0; i < samples; i++) {
      double[] values = DoubleStream.generate(() -> 5 + random.nextGaussian()).limit(4).toArray();
      Interval interval = Objects.requireNonNull(Summary.of(values).interval());
      covered += interval.low() <= 5 && 5 <= interval.high() ? 1 : 0;
    }

    // Four standard errors of a share of 20 000.
    assertThat((double) covered / samples).isCloseTo(0.95, within(0.0062));
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(() -> Summary.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no values, but a mean needs at least one.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesAValueThatIsNotFinite(double value) {
    assertThatThrownBy(() -> Summary.of(1, 2, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Value 2 is " + value + ", but it must be finite.");
  }
}
