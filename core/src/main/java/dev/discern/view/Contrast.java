package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Moves every value away from the image's mean luma: torchvision's {@code adjust_contrast}.
 *
 * @param factor 0 gives one gray, 1 the image
 */
record Contrast(double factor) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    int mean = Luma.mean(pixels);
    Blend blend = new Blend(factor);
    return Lookup.map(pixels, Lookup.table(value -> blend.of(mean, value)));
  }
}
