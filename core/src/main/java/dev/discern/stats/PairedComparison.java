package dev.discern.stats;

import org.apache.commons.statistics.inference.TTest;
import org.jspecify.annotations.Nullable;

/**
 * Whether b differs from a, where each value of b was measured under the same conditions (such as
 * the seed) as its partner in a. All figures are of the differences {@code b − a}, in which
 * rounding is not taken for a difference.
 *
 * <p>One pair allows no test: all that is nullable is null. Differences that are all equal have no
 * spread: both intervals are the mean alone, the t-test's p-value is its limit, 0, or 1 where all
 * are 0, and what is measured in deviations is null.
 *
 * @param difference n, mean, standard deviation and t-interval of the differences
 * @param bootstrap 95 % percentile bootstrap interval of the mean difference, of 10 000 resamples;
 *     too narrow where n is small
 * @param tTestP two-sided p-value of the paired t-test
 * @param wilcoxonP two-sided p-value of the signed-rank test; differences of 0 are dropped, ties
 *     share their mean rank, and up to 500 differences it is exact; 1 where all are 0
 * @param effectSize Cohen's {@code d_z}, mean over standard deviation; null without spread
 * @param detectable the smallest true mean difference that the two-sided paired t-test at level
 *     0.05, with this n and with this standard deviation as the true one, finds with a probability
 *     of 0.8; null without spread
 */
public record PairedComparison(
    Summary difference,
    @Nullable Interval bootstrap,
    @Nullable Double tTestP,
    @Nullable Double wilcoxonP,
    @Nullable Double effectSize,
    @Nullable Double detectable) {

  /**
   * Compares.
   *
   * @param a n ≥ 1 finite values
   * @param b their n partners, in the same order
   * @param seed of the bootstrap's draws; nothing else is random
   * @return figures of {@code b − a}, in the unit of the values
   * @throws IllegalArgumentException if there is no pair, a value has no partner, or one is
   *     infinite or not a number
   */
  public static PairedComparison of(double[] a, double[] b, long seed) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "There are "
              + a.length
              + " values and "
              + b.length
              + " partners, but pairs need equal numbers of both.");
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
