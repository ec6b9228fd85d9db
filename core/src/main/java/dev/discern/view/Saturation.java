package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Moves every color away from its luma: torchvision's {@code adjust_saturation}. Grayscale images
 * stay as they are.
 *
 * @param factor 0 gives grays, 1 the image
 */
record Saturation(double factor) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    if (pixels.channels() == 1) {
      return pixels;
    }
    Blend blend = new Blend(factor);
    byte[] data = pixels.data();
    for (int i = 0; i < data.length; i += 3) {
      int red = data[i] & 0xff;
      int green = data[i + 1] & 0xff;
      int blue = data[i + 2] & 0xff;
      int luma = Luma.of(red, green, blue);
      data[i] = (byte) blend.of(luma, red);
      data[i + 1] = (byte) blend.of(luma, green);
      data[i + 2] = (byte) blend.of(luma, blue);
    }
    return pixels;
  }
}
