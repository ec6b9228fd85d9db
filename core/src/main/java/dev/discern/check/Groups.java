package dev.discern.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Sets of images that belong together, found by joining pairs. */
final class Groups {
  private final int[] parents;

  /**
   * Starts with each image alone.
   *
   * @param images their number
   */
  Groups(int images) {
    parents = IntStream.range(0, images).toArray();
  }

  /** Joins the groups of two images. */
  void join(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /** The first image of an image's group. */
  int root(int image) {
    int at = image;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /** The first image of the group of every image. */
  int[] roots() {
    return IntStream.range(0, parents.length).map(this::root).toArray();
  }

  /** The groups of two images or more, in the order of their first images. */
  List<List<Integer>> several() {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < parents.length; i++) {
      if (root(i) != i) {
        groups.computeIfAbsent(root(i), root -> new ArrayList<>(List.of(root))).add(i);
      }
    }
    return List.copyOf(groups.values());
  }
}
