package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  /** Rows by true class. */
  private static Confusion of(int[]... rows) {
    Confusion confusion = new Confusion(rows.length);
    for (int label = 0; label < rows.length; label++) {
      for (int predicted = 0; predicted < rows.length; predicted++) {
        for (int i = 0; i < rows[label][predicted]; i++) {
          confusion.add(new Outcome(label, predicted, label == predicted ? 0 : 1, 0.5, 0.5, 0.5));
        }
      }
    }
    return confusion;
  }

  @Test
  void keepsTrueClassesInRows() {
    assertThat(of(new int[] {1, 2}, new int[] {3, 4}).counts())
        .isDeepEqualTo(new long[][] {{1, 2}, {3, 4}});
  }

  @Test
  void handsOutCopies() {
    Confusion confusion = of(new int[] {1, 2}, new int[] {3, 4});
    confusion.counts()[0][0] = 99;

    assertThat(confusion.counts()[0][0]).isEqualTo(1);
  }

  @Test
  void measuresEachClass() {
    assertThat(of(new int[] {3, 1}, new int[] {2, 4}).perClass())
        .containsExactly(
            new ClassFigures(0, 4, 5, 3 / 5.0, 3 / 4.0, 6 / 9.0),
            new ClassFigures(1, 6, 5, 4 / 5.0, 4 / 6.0, 8 / 11.0));
  }

  @Test
  void leavesWhatHasNoDefinitionNull() {
    int[] never = {0, 0, 0};

    // Class 0 is never predicted, class 1 has no image, class 2 neither.
    assertThat(of(new int[] {0, 2, 0}, never, never).perClass())
        .containsExactly(
            new ClassFigures(0, 2, 0, null, 0.0, 0.0),
            new ClassFigures(1, 0, 2, 0.0, null, 0.0),
            new ClassFigures(2, 0, 0, null, null, null));
  }

  @Test
  void sumsRowsToTheSupportAndColumnsToThePredictions() {
    Samples samples = Samples.random(21, 700, 5);
    Confusion confusion = new Confusion(5);
    samples.outcomes().forEach(confusion::add);

    long[][] counts = confusion.counts();
    for (ClassFigures figures : confusion.perClass()) {
      int k = figures.index();
      assertThat(figures.support())
          .isEqualTo(Arrays.stream(counts[k]).sum())
          .isEqualTo(Arrays.stream(samples.labels()).filter(y -> y == k).count());
      assertThat(figures.predicted())
          .isEqualTo(Arrays.stream(counts).mapToLong(row -> row[k]).sum())
          .isEqualTo(samples.outcomes().stream().filter(o -> o.predicted() == k).count());
    }
  }

  @Test
  void ordersPairsByImagesThenRateThenClasses() {
    Confusion confusion =
        of(
            new int[] {9, 2, 0, 1, 0},
            new int[] {1, 9, 0, 0, 3},
            new int[] {0, 0, 2, 3, 0},
            new int[] {1, 0, 0, 9, 0},
            new int[] {0, 0, 0, 0, 12});

    assertThat(confusion.mostConfused(10))
        .containsExactly(
            new ConfusedPair(2, 3, 3, 0, 3 / 15.0),
            new ConfusedPair(0, 1, 2, 1, 3 / 25.0),
            new ConfusedPair(1, 4, 3, 0, 3 / 25.0),
            new ConfusedPair(0, 3, 1, 1, 2 / 22.0));
    assertThat(confusion.mostConfused(2)).isEqualTo(confusion.mostConfused(10).subList(0, 2));
    assertThat(confusion.mostConfused(0)).isEmpty();
  }

  @Test
  void findsNoPairWhereNothingIsConfused() {
    assertThat(of(new int[] {5, 0}, new int[] {0, 2}).mostConfused(10)).isEmpty();
  }
}
