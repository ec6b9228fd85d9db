package dev.discern.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of images by true class and predicted class, with the figures derived from them. */
public final class Confusion {
  private final long[][] counts;

  Confusion(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Creates a confusion matrix from existing counts.
   *
   * @param counts {@code [K][K]}, rows by true class; copied
   */
  public Confusion(long[][] counts) {
    this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  void add(Outcome outcome) {
    counts[outcome.label()][outcome.predicted()]++;
  }

  /** Adds the counts of another matrix over the same classes. */
  void merge(Confusion other) {
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] += other.counts[i][j];
      }
    }
  }

  /** A copy of the counts, {@code [K][K]}, rows by true class. */
  long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * The figures of each class.
   *
   * @return one entry per class, in class order
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
    return List.copyOf(figures);
  }

  /**
   * The most confused pairs of classes.
   *
   * @param most the maximum number to return, 0 or more
   * @return the pairs with any confusion, ordered by most images, then highest rate, then lowest
   *     class indices
   */
  public List<ConfusedPair> mostConfused(int most) {
    long[] support = perClass().stream().mapToLong(ClassFigures::support).toArray();
    return ConfusedPair.most(counts, support, most);
  }
}
