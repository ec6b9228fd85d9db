package dev.discern.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The percentile bootstrap of a mean (Efron and Tibshirani, 1993, ch. 13). */
final class Bootstrap {
  private static final int RESAMPLES = 10_000;

  private Bootstrap() {}

  /**
   * Draws {@value #RESAMPLES} samples of n values with replacement and returns the 2.5 % and 97.5 %
   * quantiles of their means, interpolated as in NumPy. The method does not assume a normal
   * distribution, but with few values the interval is too narrow.
   *
   * @param values n ≥ 1 finite numbers
   * @param mean the mean of the values
   * @param seed the seed of the draws; the same seed gives the same interval
   * @return the 95 % interval
   */
  static Interval interval(double[] values, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      // Sums deviations from the mean, so that equal values give an interval of width 0.
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)] - mean;
      }
      means[r] = mean + sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(quantile(means, Summary.TAIL), quantile(means, 1 - Summary.TAIL));
  }

  /** A quantile of sorted values, interpolated as in NumPy. */
  static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }
}
