package dev.discern.check;

import dev.discern.image.Crop;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;

/**
 * What a check remembers of an image's pixels: a small gray copy and a few figures, about 4 KB.
 *
 * <p>All of them are taken from the image scaled to 128 by 128 pixels, whatever its shape, so that
 * they do not depend on its size: a photograph that looks sharp when it is small counts as sharp.
 *
 * @param gray {@code [64, 64]}, the luma, unsigned bytes
 * @param hash the {@link PerceptualHash}
 * @param brightness the mean of the luma, 0 to 255
 * @param contrast its standard deviation
 * @param sharpness the variance of its Laplacian (4 neighbors); low where an image is blurred
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Sketch(byte[] gray, long hash, float brightness, float contrast, float sharpness) {
  /** The side of the gray copy. */
  static final int SIDE = 64;

  private static final int LARGE = 2 * SIDE;

  /**
   * Sketches a decoded image.
   *
   * @param raster 1 or 3 channels; not closed
   * @return its sketch
   */
  static Sketch of(Raster raster) {
    Crop all = new Crop(0, 0, raster.height(), raster.width());
    return of(raster.scaled(all, LARGE, LARGE, Interpolation.BILINEAR));
  }

  private static Sketch of(Pixels pixels) {
    double[] luma = luma(pixels);
    double[] small = halved(luma, LARGE);
    byte[] gray = new byte[SIDE * SIDE];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) Math.round(small[i]);
    }
    double mean = mean(luma);
    return new Sketch(
        gray,
        PerceptualHash.of(halved(small, SIDE)),
        (float) mean,
        (float) Math.sqrt(variance(luma, mean)),
        (float) sharpness(luma));
  }

  // ITU-R BT.601, as decoders reduce color to gray.
  private static double[] luma(Pixels pixels) {
    byte[] data = pixels.data();
    double[] luma = new double[pixels.height() * pixels.width()];
    for (int i = 0; i < luma.length; i++) {
      luma[i] =
          pixels.channels() == 1
              ? data[i] & 0xff
              : 0.299 * (data[3 * i] & 0xff)
                  + 0.587 * (data[3 * i + 1] & 0xff)
                  + 0.114 * (data[3 * i + 2] & 0xff);
    }
    return luma;
  }

  private static double[] halved(double[] image, int side) {
    int half = side / 2;
    double[] small = new double[half * half];
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        int at = 2 * y * side + 2 * x;
        small[y * half + x] =
            (image[at] + image[at + 1] + image[at + side] + image[at + side + 1]) / 4;
      }
    }
    return small;
  }

  private static double sharpness(double[] luma) {
    double[] laplacian = new double[(LARGE - 2) * (LARGE - 2)];
    int to = 0;
    for (int y = 1; y < LARGE - 1; y++) {
      for (int x = 1; x < LARGE - 1; x++) {
        int at = y * LARGE + x;
        laplacian[to++] =
            luma[at - 1] + luma[at + 1] + luma[at - LARGE] + luma[at + LARGE] - 4 * luma[at];
      }
    }
    return variance(laplacian, mean(laplacian));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
