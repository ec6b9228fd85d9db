package dev.discern.image;

/** The factor by which decoding reduces an image. */
final class Reduction {
  private static final int MAX = 8;

  private Reduction() {}

  /**
   * The rule of {@link Encoded#decode}.
   *
   * @param width columns
   * @param height rows
   * @param atLeast the minimum of the shorter side
   * @return 1, 2, 4 or 8
   */
  static int of(int width, int height, int atLeast) {
    int shorter = Math.min(width, height);
    int reduction = 1;
    while (reduction < MAX && reduced(shorter, 2 * reduction) >= atLeast && shorter > reduction) {
      reduction *= 2;
    }
    return reduction;
  }

  /** A side after reduction: rounded up, as JPEG decoders do. */
  static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }
}
