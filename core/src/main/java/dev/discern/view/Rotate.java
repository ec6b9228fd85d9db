package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Rotates about the center: torchvision's {@code rotate}. What turns in is black (0).
 *
 * @param degrees counterclockwise
 */
record Rotate(double degrees) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    double radians = -Math.toRadians(degrees);
    double cos = rounded(Math.cos(radians));
    double sin = rounded(Math.sin(radians));
    double x = pixels.width() / 2.0;
    double y = pixels.height() / 2.0;
    return new Affine(cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y)
        .apply(pixels);
  }

  // Right angles are exact.
  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
