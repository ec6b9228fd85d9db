package discern.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Counts of (true class, predicted class). Mergeable. */
public final class Confusion {
  private final long[][] counts;

  /**
   * Starts at zero.
   *
   * @param classes K
   */
  public Confusion(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Counts one image.
   *
   * @param label its true class
   * @param predicted the likeliest class
   */
  public void add(int label, int predicted) {
    counts[label][predicted]++;
  }

  /**
   * Adds another's counts.
   *
   * @param other over the same classes
   */
  public void merge(Confusion other) {
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] += other.counts[i][j];
      }
    }
  }

  /**
   * The counts.
   *
   * @return a copy, rows by true class
   */
  public long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * Figures of each class.
   *
   * @return one a class, in order
   */
  public List<ClassFigures> perClass() {
    List<ClassFigures> figures = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      long support = 0;
      long predicted = 0;
      for (int other = 0; other < counts.length; other++) {
        support += counts[c][other];
        predicted += counts[other][c];
      }
      figures.add(ClassFigures.of(c, counts[c][c], predicted, support));
    }
    return figures;
  }

  /**
   * Pairs of classes that are taken for each other.
   *
   * @param most how many to return
   * @return those with any confusion, most images first, then highest rate, then class order
   */
  public List<ConfusedPair> mostConfused(int most) {
    List<ClassFigures> figures = perClass();
    List<ConfusedPair> pairs = new ArrayList<>();
    for (int a = 0; a < counts.length; a++) {
      for (int b = a + 1; b < counts.length; b++) {
        long confused = counts[a][b] + counts[b][a];
        if (confused > 0) {
          double rate = (double) confused / (figures.get(a).support() + figures.get(b).support());
          pairs.add(new ConfusedPair(a, b, counts[a][b], counts[b][a], rate));
        }
      }
    }
    pairs.sort(
        Comparator.comparingLong(ConfusedPair::total)
            .thenComparingDouble(ConfusedPair::rate)
            .reversed());
    return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
  }
}
