package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedComparisonTest {
  private static double[] drawn(long seed, int n, double shift) {
    SplittableRandom random = new SplittableRandom(seed);
    return DoubleStream.generate(() -> shift + random.nextGaussian()).limit(n).toArray();
  }

  private static void requireNegated(Interval interval, Interval other) {
    assertThat(interval.low()).isCloseTo(-other.high(), within(1e-12));
    assertThat(interval.high()).isCloseTo(-other.low(), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void negatesTheDifferenceAndKeepsTheTestsWhenAAndBAreExchanged(long seed) {
    int n = 2 + (int) seed;
    double[] a = drawn(seed, n, 0);
    double[] b = drawn(seed + 100, n, 0.5);
    PairedComparison forth = PairedComparison.of(a, b, seed);
    PairedComparison back = PairedComparison.of(b, a, seed);

    assertThat(back.difference().mean()).isEqualTo(-forth.difference().mean());
    assertThat(back.difference().sd()).isEqualTo(forth.difference().sd());
    assertThat(back.tTestP()).isEqualTo(forth.tTestP());
    assertThat(back.wilcoxonP()).isEqualTo(forth.wilcoxonP());
    assertThat(back.detectable()).isEqualTo(forth.detectable());
    assertThat(back.effectSize()).isEqualTo(-Objects.requireNonNull(forth.effectSize()));
    requireNegated(
        Objects.requireNonNull(back.bootstrap()), Objects.requireNonNull(forth.bootstrap()));
    requireNegated(
        Objects.requireNonNull(back.difference().interval()),
        Objects.requireNonNull(forth.difference().interval()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void measuresInTheUnitOfTheValues(long seed) {
    double[] a = drawn(seed, 6, 0);
    double[] b = drawn(seed + 100, 6, 0.5);
    PairedComparison ones = PairedComparison.of(a, b, seed);
    PairedComparison hundreds =
        PairedComparison.of(
            DoubleStream.of(a).map(v -> 100 * v).toArray(),
            DoubleStream.of(b).map(v -> 100 * v).toArray(),
            seed);

    assertThat(hundreds.difference().mean())
        .isCloseTo(100 * ones.difference().mean(), withinPercentage(1e-9));
    assertThat(hundreds.detectable())
        .isCloseTo(100 * Objects.requireNonNull(ones.detectable()), withinPercentage(1e-9));
    assertThat(hundreds.effectSize())
        .isCloseTo(Objects.requireNonNull(ones.effectSize()), withinPercentage(1e-9));
    assertThat(hundreds.tTestP())
        .isCloseTo(Objects.requireNonNull(ones.tTestP()), withinPercentage(1e-9));
    assertThat(hundreds.wilcoxonP()).isEqualTo(ones.wilcoxonP());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void rejectsWhereTheIntervalMissesZero(long seed) {
    PairedComparison ours = PairedComparison.of(drawn(seed, 5, 0), drawn(seed + 100, 5, 2), 1);
    Interval interval = Objects.requireNonNull(ours.difference().interval());

    assertThat(Objects.requireNonNull(ours.tTestP()) < 0.05)
        .isEqualTo(interval.low() > 0 || interval.high() < 0);
  }

  @Test
  void testsNothingOnOnePair() {
    assertThat(PairedComparison.of(new double[] {0.5}, new double[] {0.75}, 1))
        .isEqualTo(
            new PairedComparison(new Summary(1, 0.25, null, null), null, null, null, null, null));
  }

  @Test
  void findsNoDifferenceBetweenEqualValues() {
    double[] values = {0.91, 0.87, 0.89};

    assertThat(PairedComparison.of(values, values.clone(), 1))
        .isEqualTo(
            new PairedComparison(
                new Summary(3, 0, 0.0, new Interval(0, 0)),
                new Interval(0, 0),
                1.0,
                1.0,
                null,
                null));
  }

  @Test
  void isSureOfADifferenceWithoutSpreadForAllItsRounding() {
    double[] a = {0.93, 0.83, 0.14, 0.57};
    double[] b = {0.94, 0.84, 0.15, 0.58};
    PairedComparison ours = PairedComparison.of(a, b, 1);
    double mean = ours.difference().mean();

    assertThat(mean).isCloseTo(0.01, within(1e-15));
    assertThat(ours)
        .isEqualTo(
            new PairedComparison(
                new Summary(4, mean, 0.0, new Interval(mean, mean)),
                new Interval(mean, mean),
                0.0,
                0.125,
                null,
                null));
  }

  @Test
  void refusesValuesWithoutAPartner() {
    assertThatThrownBy(() -> PairedComparison.of(new double[3], new double[4], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There are 3 values in a and 4 in b, but a paired comparison needs equal numbers.");
  }

  @Test
  void refusesNoPairs() {
    assertThatThrownBy(() -> PairedComparison.of(new double[0], new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no values, but a mean needs at least one.");
  }

  @Test
  void refusesWhatIsNotFiniteOnEitherSide() {
    double[] good = {1, 2};
    double[] bad = {1, Double.NaN};

    assertThatThrownBy(() -> PairedComparison.of(good, bad, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Value 1 is NaN, but it must be finite.");
    assertThatThrownBy(() -> PairedComparison.of(bad, good, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Value 1 is NaN, but it must be finite.");
  }
}
