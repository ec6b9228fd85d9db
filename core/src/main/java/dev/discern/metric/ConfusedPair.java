package dev.discern.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two classes taken for each other.
 *
 * @param a the class of lower index
 * @param b the other
 * @param aAsB images of a taken for b
 * @param bAsA images of b taken for a
 * @param rate both over all images of the two classes
 */
public record ConfusedPair(int a, int b, long aAsB, long bAsA, double rate) {
  /**
   * Images confused in either direction.
   *
   * @return the sum
   */
  public long total() {
    return aAsB + bAsA;
  }

  /**
   * The pairs most often taken for each other.
   *
   * @param counts {@code [K][K]}: images by what they are, then by what they are taken for; the
   *     diagonal is not looked at
   * @param support {@code [K]}: images of each class
   * @param most how many to return at most, 0 or more
   * @return those with any confusion, most images first, then highest rate, then lowest classes
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
    // The sort is stable and the pairs come in class order, which so decides what is left equal.
    pairs.sort(
        Comparator.comparingLong(ConfusedPair::total)
            .thenComparingDouble(ConfusedPair::rate)
            .reversed());
    return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
  }
}
