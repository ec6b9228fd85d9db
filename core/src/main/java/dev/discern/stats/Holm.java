package dev.discern.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The step-down correction for several tests (Holm, 1979). Rejecting where the adjusted p-value is
 * at most α keeps the probability of any false rejection at or below α, however the tests depend on
 * each other.
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusts p-values: the k-th smallest of m becomes {@code max over i ≤ k of min(1, (m − i +
   * 1)·p_i)}.
   *
   * @param p m ≥ 0 p-values; not changed
   * @return the adjusted values, in the order given
   * @throws IllegalArgumentException if one is outside [0, 1] or NaN
   */
  public static double[] adjust(double... p) {
    requireProbabilities(p);
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double floor = 0;
    for (int k = 0; k < p.length; k++) {
      floor = Math.max(floor, Math.min(1, (p.length - k) * p[order[k]]));
      adjusted[order[k]] = floor;
    }
    return adjusted;
  }

  private static void requireProbabilities(double[] p) {
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0 && p[i] <= 1)) {
        throw new IllegalArgumentException(
            "P-value " + i + " is " + p[i] + ", but it must be in [0, 1].");
      }
    }
  }
}
