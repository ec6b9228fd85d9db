package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Inverts values at or above a threshold: torchvision's {@code solarize}. A threshold of 0 inverts
 * the image.
 *
 * @param threshold the smallest value to invert, 0 to 255; may be fractional
 */
record Solarize(double threshold) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return Lookup.map(pixels, Lookup.table(value -> value < threshold ? value : 255 - value));
  }
}
