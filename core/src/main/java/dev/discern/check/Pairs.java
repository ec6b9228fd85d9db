package dev.discern.check;

import java.util.Arrays;

/** Pairs of images, each held once, in the order of the images. */
final class Pairs {
  private long[] keys = new long[64];
  private int count;

  /** Adds a pair, in either order; a pair of an image with itself is ignored. */
  void add(int a, int b) {
    if (a == b) {
      return;
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    keys[count++] = ((long) Math.min(a, b) << 32) | Math.max(a, b);
  }

  /** Adds all pairs of another collection. */
  void addAll(Pairs others) {
    for (int k = 0; k < others.count; k++) {
      add(first(others.keys[k]), second(others.keys[k]));
    }
  }

  /** The pairs, sorted and distinct, for {@link #first} and {@link #second}. */
  long[] distinct() {
    return Arrays.stream(keys, 0, count).sorted().distinct().toArray();
  }

  /** The image with the lower index. */
  static int first(long pair) {
    return (int) (pair >>> 32);
  }

  /** The other image. */
  static int second(long pair) {
    return (int) pair;
  }
}
