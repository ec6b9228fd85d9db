package dev.discern.image;

/**
 * An image that is in memory already. It is never reduced.
 *
 * @param pixels the image; must not change
 */
record EncodedPixels(Pixels pixels) implements Encoded {
  @Override
  public Raster decode(int atLeast, int channels) {
    if (channels == pixels.channels()) {
      return new HeapRaster(pixels);
    }
    byte[] data = channels == 1 ? luma(pixels.data()) : repeated(pixels.data());
    return new HeapRaster(new Pixels(pixels.height(), pixels.width(), channels, data));
  }

  // ITU-R BT.601 with 16 bits after the point, as Pillow computes it.
  private static byte[] luma(byte[] rgb) {
    byte[] luma = new byte[rgb.length / 3];
    for (int p = 0, k = 0; p < luma.length; p++, k += 3) {
      int red = rgb[k] & 0xff;
      int green = rgb[k + 1] & 0xff;
      int blue = rgb[k + 2] & 0xff;
      luma[p] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
    }
    return luma;
  }

  private static byte[] repeated(byte[] grey) {
    byte[] rgb = new byte[3 * grey.length];
    for (int k = 0; k < rgb.length; k++) {
      rgb[k] = grey[k / 3];
    }
    return rgb;
  }
}
