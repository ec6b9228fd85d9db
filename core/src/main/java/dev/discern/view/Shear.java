package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Shears about the top left corner: torchvision's {@code affine} with the angles {@code atan x} and
 * {@code atan y} and the center (0, 0).
 *
 * @param x columns that each row takes its pixels from further right, per row
 * @param y rows that each column takes its pixels from further down, per column
 */
record Shear(double x, double y) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return new Affine(1, x, 0, y, 1, 0).apply(pixels);
  }
}
