package dev.discern.check;

import java.util.Arrays;

/**
 * Bounds beyond which a value is an outlier: further from the median than 5 robust standard
 * deviations (1.4826 times the median absolute deviation), and further than a least distance, so
 * that nothing is unusual merely because the others are all alike.
 *
 * @param low values below it are outliers
 * @param high values above it are outliers
 */
record Fence(double low, double high) {
  private static final double DEVIATIONS = 5;
  private static final double TO_SIGMA = 1.4826;

  /**
   * The bounds of values.
   *
   * @param values any number of finite values
   * @param leastDistance from the median
   * @return bounds on both sides
   */
  static Fence of(double[] values, double leastDistance) {
    double median = median(values);
    double deviation = median(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray());
    double reach = Math.max(leastDistance, DEVIATIONS * TO_SIGMA * deviation);
    return new Fence(median - reach, median + reach);
  }

  /** Whether a value lies outside. */
  boolean excludes(double value) {
    return value < low || value > high;
  }

  /** The middle value, or the mean of the two in the middle; 0 of none. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
