package dev.discern.check;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds images with nearly equal {@link PerceptualHash}es. Two hashes that differ in at most 7 bits
 * agree in at least one of 8 bytes, so only images that share a byte are compared: about one pair
 * in 32.
 */
final class HashNeighbors {
  /** The largest distance at which two images are candidates. */
  static final int REACH = 7;

  private static final int BANDS = 8;
  private static final int VALUES = 256;

  private final long[] hashes;
  // [band][value]: images, increasing.
  private final int[][][] buckets = new int[BANDS][VALUES][];
  private final int[] seen;

  private HashNeighbors(long[] hashes, IntPredicate usable) {
    this.hashes = hashes;
    seen = new int[hashes.length];
    Arrays.fill(seen, -1);
    for (int band = 0; band < BANDS; band++) {
      fill(band, usable);
    }
  }

  private void fill(int band, IntPredicate usable) {
    int[] counts = new int[VALUES];
    for (int i = 0; i < hashes.length; i++) {
      counts[value(hashes[i], band)] += usable.test(i) ? 1 : 0;
    }
    Arrays.setAll(buckets[band], v -> new int[counts[v]]);
    int[] filled = new int[VALUES];
    for (int i = 0; i < hashes.length; i++) {
      if (usable.test(i)) {
        int v = value(hashes[i], band);
        buckets[band][v][filled[v]++] = i;
      }
    }
  }

  private static int value(long hash, int band) {
    return (int) (hash >>> (8 * band)) & 0xff;
  }

  /**
   * Finds candidates: pairs within reach of each other, one of the two perhaps mirrored.
   *
   * @param hashes one per image
   * @param usable whether an image takes part
   * @param most the most candidates that an image keeps, the nearest first
   * @return the pairs
   */
  static Pairs within(long[] hashes, IntPredicate usable, int most) {
    HashNeighbors index = new HashNeighbors(hashes, usable);
    Pairs pairs = new Pairs();
    for (int i = 0; i < hashes.length; i++) {
      if (usable.test(i)) {
        index.add(i, most, pairs);
      }
    }
    return pairs;
  }

  // The nearest of the images before this one.
  private void add(int i, int most, Pairs pairs) {
    long[] nearest = new long[most];
    int found = 0;
    for (long hash : new long[] {hashes[i], PerceptualHash.mirrored(hashes[i])}) {
      for (int band = 0; band < BANDS; band++) {
        for (int j : buckets[band][value(hash, band)]) {
          if (j >= i) {
            break;
          }
          if (seen[j] != i && PerceptualHash.distance(hash, hashes[j]) <= REACH) {
            seen[j] = i;
            found = insert(nearest, found, ((long) distance(i, j) << 32) | j);
          }
        }
      }
    }
    for (int k = 0; k < found; k++) {
      pairs.add(i, (int) nearest[k]);
    }
  }

  private int distance(int i, int j) {
    return Math.min(
        PerceptualHash.distance(hashes[i], hashes[j]),
        PerceptualHash.distance(PerceptualHash.mirrored(hashes[i]), hashes[j]));
  }

  // Keeps the smallest keys in order.
  private static int insert(long[] keys, int count, long key) {
    int at = count < keys.length ? count : count - 1;
    if (count == keys.length && key >= keys[at]) {
      return count;
    }
    while (at > 0 && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      at--;
    }
    keys[at] = key;
    return Math.min(count + 1, keys.length);
  }
}
