package dev.discern.stats;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** The power of the two-sided paired t-test at level 0.05. */
final class Power {
  /** The power at which an effect counts as detectable. */
  static final double WANTED = 0.8;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  // A chi-distributed number is within 10 of √ν except with probability 1e-23, for any degrees of
  // freedom ν.
  private static final double REACH = 10;
  private static final double PANEL = 0.02;

  private Power() {}

  /**
   * The smallest effect that the test detects with a power of {@value #WANTED}.
   *
   * @param n pairs, at least 2
   * @return the true mean difference divided by the standard deviation of the differences, above 0,
   *     with a relative accuracy of 1e-9
   */
  static double detectableEffect(int n) {
    double low = 0;
    double high = 1;
    while (of(n, high) < WANTED) {
      low = high;
      high *= 2;
    }
    while (high - low > 1e-12 * high) {
      double middle = (low + high) / 2;
      if (of(n, middle) < WANTED) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The probability that the test rejects, which is that of {@code |T| > t(0.975, ν)} where T has
   * the noncentral t-distribution (Johnson, Kotz and Balakrishnan, 1995, ch. 31) with {@code ν = n
   * − 1} and noncentrality {@code λ = effect·√n}.
   *
   * <p>By definition {@code T = (Z + λ)/(s/√ν)}, Z normal and s chi-distributed, so this is the
   * mean over s of {@code Φ(λ − t·s/√ν) + Φ(−λ − t·s/√ν)}: smooth in s, so composite Gauss-Legendre
   * quadrature with three nodes per panel applies.
   *
   * @param n pairs, at least 2
   * @param effect the true mean difference divided by the standard deviation of the differences
   * @return the power, accurate to 1e-9
   */
  static double of(int n, double effect) {
    int freedom = n - 1;
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
    double shift = Math.abs(effect) * Math.sqrt(n);
    double slope =
        TDistribution.of(freedom).inverseSurvivalProbability(Summary.TAIL) / Math.sqrt(freedom);
    double from = Math.max(0, Math.sqrt(freedom) - REACH);
    double node = PANEL / 2 * Math.sqrt(0.6);
    double sum = 0;
    for (int panel = 0; panel < 2 * REACH / PANEL; panel++) {
      double middle = from + (panel + 0.5) * PANEL;
      sum +=
          5 * rejection(middle - node, squares, shift, slope)
              + 8 * rejection(middle, squares, shift, slope)
              + 5 * rejection(middle + node, squares, shift, slope);
    }
    return Math.min(1, sum * PANEL / 18);
  }

  /** The density of s times the probability of rejection given s. */
  private static double rejection(
      double s, ChiSquaredDistribution squares, double shift, double slope) {
    double density = 2 * s * squares.density(s * s);
    return density
        * (NORMAL.cumulativeProbability(shift - slope * s)
            + NORMAL.cumulativeProbability(-shift - slope * s));
  }
}
