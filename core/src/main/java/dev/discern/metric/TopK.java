package dev.discern.metric;

/**
 * The share of images whose true class is among the k most likely; {@code k = 1} is accuracy.
 * Equally likely classes are ordered by index.
 */
final class TopK {
  private final int k;
  private long hits;
  private long images;

  /**
   * Starts at zero.
   *
   * @param k at least 1; if there are at most k classes, every image is a hit
   */
  TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k is " + k + ", but it must be 1 or more.");
    }
    this.k = k;
  }

  void add(Outcome outcome) {
    images++;
    hits += outcome.rank() < k ? 1 : 0;
  }

  void merge(TopK other) {
    if (other.k != k) {
      throw new IllegalArgumentException(
          "Top-" + other.k + " counts cannot be merged into top-" + k + " counts.");
    }
    images += other.images;
    hits += other.hits;
  }

  long images() {
    return images;
  }

  /** The share in [0, 1]; at least one image must have been added. */
  double share() {
    return (double) hits / images;
  }
}
