package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final double[] VALUES = {0.31, -0.12, 0.55, 0.07, 0.89};

  private static Interval interval(double[] values, long seed) {
    return Bootstrap.interval(values, Summary.of(values).mean(), seed);
  }

  /** The means of all 5⁵ samples with replacement: what the bootstrap draws from. */
  private static double[] allMeans() {
    return IntStream.range(0, 3125)
        .mapToDouble(
            code ->
                IntStream.of(1, 5, 25, 125, 625).mapToDouble(p -> VALUES[code / p % 5]).sum() / 5)
        .toArray();
  }

  private static double share(double[] means, DoublePredicate which) {
    return Arrays.stream(means).filter(which).count() / (double) means.length;
  }

  @Test
  void liesAtTheQuantilesOfAllResamples() {
    double[] means = allMeans();
    Interval interval = interval(VALUES, 11);
    double rounding = 1e-9; // many of the means are equal, but for that
    double error = 4 * Math.sqrt(0.025 * 0.975 / 10_000); // four standard errors

    assertThat(share(means, m -> m < interval.low() - rounding)).isLessThan(0.025 + error);
    assertThat(share(means, m -> m < interval.low() + rounding)).isGreaterThan(0.025 - error);
    assertThat(share(means, m -> m > interval.high() + rounding)).isLessThan(0.025 + error);
    assertThat(share(means, m -> m > interval.high() - rounding)).isGreaterThan(0.025 - error);
  }

  @Test
  void repeatsItselfForASeedAndNotForAnother() {
    double[] values = new SplittableRandom(5).doubles(30).toArray();

    assertThat(interval(values, 3)).isEqualTo(interval(values, 3));
    assertThat(interval(values, 3)).isNotEqualTo(interval(values, 4));
  }

  @Test
  void hasNoWidthWithoutSpread() {
    assertThat(interval(new double[] {0.1, 0.1, 0.1}, 5)).isEqualTo(new Interval(0.1, 0.1));
  }

  @Test
  void containsTheMeanOfAnySample() {
    SplittableRandom random = new SplittableRandom(7);
    for (int sample = 0; sample < 100; sample++) {
      double[] values =
          DoubleStream.generate(random::nextGaussian).limit(3 + sample % 20).toArray();
      double mean = Summary.of(values).mean();
      assertThat(mean).isBetween(interval(values, sample).low(), interval(values, sample).high());
    }
  }

  @Test
  void isNarrowerThanTheIntervalByTAsItsDocumentationWarns() {
    Interval byT = Objects.requireNonNull(Summary.of(VALUES).interval());
    Interval bootstrap = interval(VALUES, 9);

    assertThat(bootstrap.low()).isGreaterThan(byT.low());
    assertThat(bootstrap.high()).isLessThan(byT.high());
  }
}
