package dev.discern.view;

import dev.discern.image.Pixels;

/** Brightness of colors by ITU-R BT.601, in 16-bit fixed point, rounded to nearest. */
final class Luma {
  private Luma() {}

  static int of(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }

  /** The mean luma of an image, rounded half up. */
  static int mean(Pixels pixels) {
    byte[] data = pixels.data();
    long sum = 0;
    if (pixels.channels() == 1) {
      for (byte value : data) {
        sum += value & 0xff;
      }
    } else {
      for (int i = 0; i < data.length; i += 3) {
        sum += of(data[i] & 0xff, data[i + 1] & 0xff, data[i + 2] & 0xff);
      }
    }
    int count = pixels.height() * pixels.width();
    return (int) ((2 * sum + count) / (2L * count));
  }
}
