package dev.discern.codec;

/** The factor by which decoding reduces an image. */
public final class Reduction {
  private static final int MAX = 8;

  private Reduction() {}

  /**
   * The largest factor that leaves the shorter side long enough.
   *
   * @param width columns
   * @param height rows
   * @param atLeast the minimum of the shorter side
   * @return 1, 2, 4 or 8
   */
  public static int of(int width, int height, int atLeast) {
    int shorter = Math.min(width, height);
    int reduction = 1;
    while (reduction < MAX && reduced(shorter, 2 * reduction) >= atLeast && shorter > reduction) {
      reduction *= 2;
    }
    return reduction;
  }

  /**
   * A side after reduction: rounded up, as JPEG decoders do.
   *
   * @param side in pixels
   * @param reduction 1, 2, 4 or 8
   * @return the reduced side
   */
  public static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }
}
