package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  @Test
  void eachFoldHasItsShareOfEveryClass() {
    SplittableRandom random = new SplittableRandom(1);
    int[] labels = IntStream.range(0, 997).map(i -> random.nextInt(7)).toArray();
    int[] folds = Folds.draw(labels, IntStream.range(0, 997).toArray(), 5);
    for (int label = 0; label < 7; label++) {
      int k = label;
      long[] counts = new long[5];
      IntStream.range(0, 997).filter(i -> labels[i] == k).forEach(i -> counts[folds[i]]++);
      long most = Arrays.stream(counts).max().orElseThrow();
      assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThanOrEqualTo(most - 1);
    }
  }

  @Test
  void copiesShareAFold() {
    int[] groups = IntStream.range(0, 100).map(i -> i < 50 ? i : i - 50).toArray();
    int[] folds = Folds.draw(new int[100], groups, 5);
    for (int i = 0; i < 50; i++) {
      assertThat(folds[i + 50]).isEqualTo(folds[i]);
    }
    assertThat(folds).contains(0, 1, 2, 3, 4);
  }

  @Test
  void areTheSameEveryTime() {
    int[] labels = new int[60];
    int[] alone = IntStream.range(0, 60).toArray();
    assertThat(Folds.draw(labels, alone, 5)).containsExactly(Folds.draw(labels, alone, 5));
  }
}
