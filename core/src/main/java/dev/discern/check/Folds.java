package dev.discern.check;

import dev.discern.torch.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Divides images among folds, so that each fold has its share of every class. Images of one group,
 * such as duplicates, stay together: a classifier must not have seen the copy of an image that it
 * judges.
 */
final class Folds {
  private static final long PURPOSE = 7;

  private Folds() {}

  /**
   * Draws folds, always the same for the same images.
   *
   * @param labels the class of each image
   * @param groups the group of each image, given by the index of one of its images, which is the
   *     same for all of them
   * @param count folds
   * @return the fold of each image
   */
  static int[] draw(int[] labels, int[] groups, int count) {
    int classes = Arrays.stream(labels).max().orElse(0) + 1;
    int[] next = new int[classes];
    SplittableRandom random = Seeds.random(0, PURPOSE);
    long[] order = random.longs(labels.length).toArray();
    int[] fold = new int[labels.length];
    Arrays.fill(fold, -1);
    // Each class starts with another fold, so that classes of few images do not fill the same ones.
    Arrays.setAll(next, k -> k % count);
    IntStream.range(0, labels.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> order[i]))
        .forEach(
            i -> {
              int group = groups[i];
              if (fold[group] < 0) {
                fold[group] = next[labels[group]]++ % count;
              }
              fold[i] = fold[group];
            });
    return fold;
  }
}
