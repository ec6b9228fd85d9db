package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Moves the image: torchvision's {@code affine} with a translation. What moves in is black (0).
 *
 * @param right columns
 * @param down rows
 */
record Translate(int right, int down) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return new Affine(1, 0, -right, 0, 1, -down).apply(pixels);
  }
}
