package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Multiplies every value: torchvision's {@code adjust_brightness}.
 *
 * @param factor 0 gives black, 1 the image
 */
record Brightness(double factor) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    Blend blend = new Blend(factor);
    return Lookup.map(pixels, Lookup.table(value -> blend.of(0, value)));
  }
}
