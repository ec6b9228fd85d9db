package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Shears about the top left corner: torchvision's {@code affine} with the angles {@code atan x} and
 * {@code atan y} and the center (0, 0).
 *
 * @param x how many columns further right the source pixels lie, per row
 * @param y how many rows further down the source pixels lie, per column
 */
record Shear(double x, double y) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return new Affine(1, x, 0, y, 1, 0).apply(pixels);
  }
}
