package dev.discern.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pair of classes that are confused with each other.
 *
 * @param a the class with the lower index
 * @param b the other class
 * @param aAsB images of a predicted as b
 * @param bAsA images of b predicted as a
 * @param rate the sum of both, divided by the number of images of the two classes
 */
public record ConfusedPair(int a, int b, long aAsB, long bAsA, double rate) {
  /**
   * The number of images confused in either direction.
   *
   * @return the sum
   */
  public long total() {
    return aAsB + bAsA;
  }

  /**
   * The most confused pairs.
   *
   * @param counts {@code [K][K]}: images by true class, then by predicted class; the diagonal is
   *     ignored
   * @param support {@code [K]}: images per class
   * @param most the maximum number to return, 0 or more
   * @return the pairs with any confusion, ordered by most images, then highest rate, then lowest
   *     class indices
   */
  public static List<ConfusedPair> most(long[][] counts, long[] support, int most) {
    List<ConfusedPair> pairs = new ArrayList<>();
    for (int a = 0; a < counts.length; a++) {
      for (int b = a + 1; b < counts.length; b++) {
        long confused = counts[a][b] + counts[b][a];
        if (confused > 0) {
          double rate = (double) confused / (support[a] + support[b]);
          pairs.add(new ConfusedPair(a, b, counts[a][b], counts[b][a], rate));
        }
      }
    }
    // The sort is stable, so the remaining ties keep the class order of the list.
    pairs.sort(
        Comparator.comparingLong(ConfusedPair::total)
            .thenComparingDouble(ConfusedPair::rate)
            .reversed());
    return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
  }
}
