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
    int[] columns = new int[row];
    Blend blend = new Blend(factor);
    for (int y = 1; y < pixels.height() - 1; y++) {
      int start = y * row;
      for (int i = 0; i < row; i++) {
        int at = start + i;
        columns[i] = (from[at - row] & 0xff) + (from[at] & 0xff) + (from[at + row] & 0xff);
      }
      for (int i = channels; i < row - channels; i++) {
        int center = from[start + i] & 0xff;
        int sum = columns[i - channels] + columns[i] + columns[i + channels] + 4 * center;
        to[start + i] = (byte) blend.of((2 * sum + 13) / 26, center);
      }
    }
    return new Pixels(pixels.height(), pixels.width(), channels, to);
  }
}
