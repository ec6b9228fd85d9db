package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Moves every value away from its smoothed one: torchvision's {@code adjust_sharpness}. The image's
 * border, and images of fewer than 3 rows or columns, stay as they are.
 *
 * <p>Implementation notes. The smoothed value is {@code (5·center + Σ of the 8 around it) / 13},
 * rounded to nearest; no sum of integers over 13 lies half-way, so integers round as floats do.
 *
 * @param factor 0 gives the smoothed image, 1 the image, 2 a sharper one
 */
record Sharpness(double factor) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    byte[] from = pixels.data();
    byte[] to = from.clone();
    int channels = pixels.channels();
    int row = pixels.width() * channels;
    float by = (float) factor;
    for (int y = 1; y < pixels.height() - 1; y++) {
      for (int i = y * row + channels; i < (y + 1) * row - channels; i++) {
        int sum = three(from, i - row, channels) + three(from, i, channels);
        sum += three(from, i + row, channels) + 4 * (from[i] & 0xff);
        to[i] = (byte) Blend.of((2 * sum + 13) / 26, from[i] & 0xff, by);
      }
    }
    return new Pixels(pixels.height(), pixels.width(), channels, to);
  }

  private static int three(byte[] data, int center, int step) {
    return (data[center - step] & 0xff) + (data[center] & 0xff) + (data[center + step] & 0xff);
  }
}
