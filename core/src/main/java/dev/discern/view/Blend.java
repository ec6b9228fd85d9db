package dev.discern.view;

/**
 * Moves values from a degenerate image toward the image, or beyond it, in float32 and rounded down,
 * as in Pillow.
 */
final class Blend {
  private final float[] steps = new float[511];

  /**
   * Prepares blends with one factor.
   *
   * @param factor any finite number: 0 gives the degenerate image, 1 the image
   */
  Blend(double factor) {
    for (int difference = -255; difference <= 255; difference++) {
      steps[difference + 255] = (float) factor * difference;
    }
  }

  /** One value of a blend, 0 to 255, from those of the degenerate image and the image. */
  int of(int degenerate, int value) {
    return Lookup.clip((int) (degenerate + steps[value - degenerate + 255]));
  }
}
