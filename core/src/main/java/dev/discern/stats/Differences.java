package dev.discern.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Differences of pairs, freed of rounding.
 *
 * <p>The accuracies 0.94 − 0.93 and 0.84 − 0.83 differ by the same hundredth, but not as doubles.
 * Left alone, such noise would order ranks that are tied, and make effects without spread huge
 * instead of undefined. So sizes within {@value #ULPS} units in the last place of the largest value
 * given are one size, and those that near 0 are 0.
 */
final class Differences {
  // Half a unit of rounding in each value of two pairs makes two; the rest is room.
  private static final int ULPS = 4;

  private Differences() {}

  /**
   * Takes the differences.
   *
   * @param a n finite values
   * @param b their n partners
   * @return {@code b − a}, in order; exchanging a and b exactly negates it
   */
  static double[] of(double[] a, double[] b) {
    double[] raw = IntStream.range(0, a.length).mapToDouble(i -> b[i] - a[i]).toArray();
    double tolerance = ULPS * Math.ulp(Math.max(largest(a), largest(b)));
    double[] clean = new double[raw.length];
    double size = 0;
    for (int i : bySize(raw)) {
      if (Math.abs(raw[i]) - size > tolerance) {
        size = Math.abs(raw[i]);
      }
      clean[i] = raw[i] < 0 ? 0 - size : size; // never the negative zero
    }
    return clean;
  }

  /** The positions of the values from the smallest absolute value to the largest. */
  static int[] bySize(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
