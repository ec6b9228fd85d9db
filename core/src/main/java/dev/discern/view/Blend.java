package dev.discern.view;

/** Moves values from a degenerate image toward the image, or beyond it. */
final class Blend {
  private Blend() {}

  /**
   * One value of a blend, in float32 and rounded down, as Pillow does it.
   *
   * @param degenerate the value at factor 0
   * @param value the value at factor 1
   * @param factor any finite number
   * @return 0 to 255
   */
  static int of(int degenerate, int value, float factor) {
    return Lookup.clip((int) (degenerate + factor * (value - degenerate)));
  }
}
