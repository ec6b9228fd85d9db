package dev.discern.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws stratified subsets of labeled images. Those of one draw are nested: the images of a smaller
 * share are among those of a larger one.
 */
final class Subsets {
  private final List<List<Integer>> byClass;

  private Subsets(List<List<Integer>> byClass) {
    this.byClass = byClass;
  }

  /** Shuffles the images of each class. */
  static Subsets draw(int[] labels, int classes, long seed) {
    List<List<Integer>> byClass = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      byClass.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.length; i++) {
      byClass.get(labels[i]).add(i);
    }
    Random random = new Random(seed);
    byClass.forEach(images -> Collections.shuffle(images, random));
    return new Subsets(byClass);
  }

  /** The images of a share in (0, 1], increasing; at least one of each class that has any. */
  int[] share(double share) {
    return byClass.stream()
        .flatMap(images -> images.stream().limit((long) Math.ceil(share * images.size())))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** The labels of rows. */
  static int[] labels(int[] labels, int[] rows) {
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }
}
