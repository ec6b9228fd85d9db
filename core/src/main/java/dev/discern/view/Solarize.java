package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Inverts values from a threshold on: torchvision's {@code solarize}. A threshold of 0 inverts the
 * image.
 *
 * @param threshold the least value that is inverted, 0 to 255; need not be whole
 */
record Solarize(double threshold) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return Lookup.map(pixels, Lookup.table(value -> value < threshold ? value : 255 - value));
  }
}
