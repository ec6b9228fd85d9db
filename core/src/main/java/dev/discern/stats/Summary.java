package dev.discern.stats;

import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The mean of repeated measurements and its uncertainty.
 *
 * @param n the number of values
 * @param mean their mean
 * @param sd their standard deviation, with divisor n − 1; null for a single value
 * @param interval the 95 % confidence interval of the mean, {@code mean ± t(0.975, n − 1)·sd/√n}
 *     (Student, 1908), which assumes independent, normally distributed values; null for a single
 *     value
 */
public record Summary(int n, double mean, @Nullable Double sd, @Nullable Interval interval) {
  /** The probability that the interval misses the true value, on each side. */
  static final double TAIL = 0.025;

  /**
   * Summarizes values. If all values are equal, the mean is exactly that value and the deviation is
   * exactly 0.
   *
   * @param values n ≥ 1 finite numbers
   * @return the summary, in the unit of the values
   * @throws IllegalArgumentException if there are no values, or one is infinite or NaN
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
    // Relative to the first value: otherwise the mean of three values 0.1 would not be exactly 0.1.
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
