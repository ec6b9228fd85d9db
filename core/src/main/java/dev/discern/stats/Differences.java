package dev.discern.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Differences of pairs, without rounding noise.
 *
 * <p>The accuracies 0.94 − 0.93 and 0.84 − 0.83 have the same difference of 0.01, but not as
 * doubles. Such noise would break ties between ranks and make effects without spread huge instead
 * of undefined. Therefore, absolute differences within {@value #ULPS} units in the last place of
 * the largest input are treated as equal, and differences that close to 0 as 0.
 */
final class Differences {
  // Half a unit of rounding in each of the four values of two pairs adds up to two; the rest is a
  // safety margin.
  private static final int ULPS = 4;

  private Differences() {}

  /**
   * Computes the differences.
   *
   * @param a n finite values
   * @param b the n values paired with them
   * @return {@code b − a}, in order; exchanging a and b negates the result exactly
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
      clean[i] = raw[i] < 0 ? 0 - size : size; // never negative zero
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
