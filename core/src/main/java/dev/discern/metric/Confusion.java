package dev.discern.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of images by true class and predicted class, and what follows from them alone. */
public final class Confusion {
  private final long[][] counts;

  Confusion(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Takes counts that were made before.
   *
   * @param counts {@code [K][K]}, rows by true class; copied
   */
  public Confusion(long[][] counts) {
    this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  void add(Outcome outcome) {
    counts[outcome.label()][outcome.predicted()]++;
  }

  /** Adds the counts of another over the same classes. */
  void merge(Confusion other) {
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] += other.counts[i][j];
      }
    }
  }

  /** A copy {@code [K][K]}, rows by true class. */
  long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * The figures of each class.
   *
   * @return one a class, in their order
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
   * Pairs of classes that are taken for each other.
   *
   * @param most how many to return at most, 0 or more
   * @return those with any confusion, most images first, then highest rate, then lowest classes
   */
  public List<ConfusedPair> mostConfused(int most) {
    long[] support = perClass().stream().mapToLong(ClassFigures::support).toArray();
    return ConfusedPair.most(counts, support, most);
  }
}
