package dev.discern.view;

import dev.discern.image.Crop;
import dev.discern.image.Pixels;

/** Cuts rectangles out of pixels. */
final class Window {
  private Window() {}

  /**
   * The part of an image inside a rectangle, which must lie inside the image; for the whole image,
   * returns the image itself.
   */
  static Pixels of(Pixels pixels, Crop crop) {
    if (crop.height() == pixels.height() && crop.width() == pixels.width()) {
      return pixels;
    }
    int channels = pixels.channels();
    int row = crop.width() * channels;
    byte[] kept = new byte[crop.height() * row];
    for (int y = 0; y < crop.height(); y++) {
      int from = ((crop.top() + y) * pixels.width() + crop.left()) * channels;
      System.arraycopy(pixels.data(), from, kept, y * row, row);
    }
    return new Pixels(crop.height(), crop.width(), channels, kept);
  }
}
