package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * An affine map from the pixels of the result to those of the source: {@code x' = a·x + b·y + c},
 * {@code y' = d·x + e·y + f}, over coordinates in which pixel centers lie at halves. The nearest
 * source pixel is taken; if there is none, the result is black (0).
 *
 * <p>Implementation notes. Steps are 16.16 fixed point, as in Pillow, so that ties between nearly
 * equally near pixels resolve the same way; the sums are 64-bit and do not overflow.
 */
record Affine(double a, double b, double c, double d, double e, double f) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    int height = pixels.height();
    int width = pixels.width();
    int channels = pixels.channels();
    byte[] from = pixels.data();
    byte[] to = new byte[from.length];
    long stepX = fixed(a);
    long stepY = fixed(d);
    for (int row = 0; row < height; row++) {
      long x = fixed(c + a * 0.5 + b * 0.5) + row * fixed(b);
      long y = fixed(f + d * 0.5 + e * 0.5) + row * fixed(e);
      int out = row * width * channels;
      for (int column = 0; column < width; column++) {
        long sourceX = x >> 16;
        long sourceY = y >> 16;
        if (sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height) {
          int in = ((int) sourceY * width + (int) sourceX) * channels;
          to[out] = from[in];
          if (channels == 3) {
            to[out + 1] = from[in + 1];
            to[out + 2] = from[in + 2];
          }
        }
        out += channels;
        x += stepX;
        y += stepY;
      }
    }
    return new Pixels(height, width, channels, to);
  }

  private static long fixed(double value) {
    return (long) Math.floor(value * 65536 + 0.5);
  }
}
