package dev.discern.stats;

import org.apache.commons.statistics.inference.TTest;
import org.jspecify.annotations.Nullable;

/**
 * A paired comparison of b with a, where each value of b was measured under the same conditions
 * (such as the seed) as the corresponding value of a. All figures describe the differences {@code b
 * − a}, in which rounding noise does not count as a difference.
 *
 * <p>A single pair allows no test, so all nullable fields are null. If all differences are equal,
 * there is no spread: both intervals contain only the mean, the p-value of the t-test is its limit
 * (0, or 1 if all differences are 0), and the figures that divide by the standard deviation are
 * null.
 *
 * @param difference n, mean, standard deviation and t-interval of the differences
 * @param bootstrap the 95 % percentile bootstrap interval of the mean difference, from 10,000
 *     resamples; too narrow if n is small
 * @param tTestP the two-sided p-value of the paired t-test
 * @param wilcoxonP the two-sided p-value of the signed-rank test; differences of 0 are dropped,
 *     ties share their mean rank, and the test is exact for up to 500 differences; 1 if all
 *     differences are 0
 * @param effectSize Cohen's {@code d_z}, the mean divided by the standard deviation; null without
 *     spread
 * @param detectable the smallest true mean difference that the two-sided paired t-test at level
 *     0.05 detects with a probability of 0.8, given this n and this standard deviation; null
 *     without spread
 */
public record PairedComparison(
    Summary difference,
    @Nullable Interval bootstrap,
    @Nullable Double tTestP,
    @Nullable Double wilcoxonP,
    @Nullable Double effectSize,
    @Nullable Double detectable) {

  /**
   * Compares two lists of paired values.
   *
   * @param a n ≥ 1 finite values
   * @param b the n values paired with them, in the same order
   * @param seed the seed of the bootstrap; nothing else is random
   * @return figures of {@code b − a}, in the unit of the values
   * @throws IllegalArgumentException if there is no pair, the numbers of values differ, or a value
   *     is infinite or NaN
   */
  public static PairedComparison of(double[] a, double[] b, long seed) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "There are "
              + a.length
              + " values in a and "
              + b.length
              + " in b, but a paired comparison needs equal numbers.");
    }
    Refusal.unlessFinite(a);
    Refusal.unlessFinite(b);
    double[] differences = Differences.of(a, b);
    Summary summary = Summary.of(differences);
    Double sd = summary.sd();
    if (sd == null) {
      return new PairedComparison(summary, null, null, null, null, null);
    }
    boolean spread = sd > 0;
    return new PairedComparison(
        summary,
        Bootstrap.interval(differences, summary.mean(), seed),
        tTest(summary.n(), summary.mean(), sd),
        SignedRank.p(differences),
        spread ? summary.mean() / sd : null,
        spread ? Power.detectableEffect(summary.n()) * sd : null);
  }

  private static double tTest(int n, double mean, double sd) {
    if (sd == 0) {
      return mean == 0 ? 1 : 0;
    }
    return TTest.withDefaults().test(mean, sd * sd, n).getPValue();
  }
}
