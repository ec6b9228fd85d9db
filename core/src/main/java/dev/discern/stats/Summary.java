package dev.discern.stats;

import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The mean of repeated measurements and how far to trust it.
 *
 * @param n values
 * @param mean their mean
 * @param sd their standard deviation, with divisor n − 1; null for one value
 * @param interval 95 % confidence interval of the mean, {@code mean ± t(0.975, n − 1)·sd/√n}
 *     (Student, 1908), which takes the values for independent and normal; null for one value
 */
public record Summary(int n, double mean, @Nullable Double sd, @Nullable Interval interval) {
  /** The share of samples whose interval misses the true value on either side. */
  static final double TAIL = 0.025;

  /**
   * Summarises values. Equal values have exactly their value as mean, and a deviation of exactly 0.
   *
   * @param values n ≥ 1 finite numbers
   * @return their summary, in their unit
   * @throws IllegalArgumentException if there is none, or one is infinite or not a number
   */
  public static Summary of(double... values) {
    Refusal.unlessFinite(values);
    int n = values.length;
    double mean = mean(values);
    if (n == 1) {
      return new Summary(n, mean, null, null);
    }
    double sd = deviation(values, mean);
    double margin = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * sd / Math.sqrt(n);
    return new Summary(n, mean, sd, new Interval(mean - margin, mean + margin));
  }

  private static double mean(double[] values) {
    // Relative to the first, or the mean of three times 0.1 would not be 0.1.
    double sum = 0;
    for (double value : values) {
      sum += value - values[0];
    }
    return values[0] + sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
