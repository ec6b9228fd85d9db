package discern.data;

import java.util.List;

/**
 * Per-channel shift and scale of pixels in [0, 1]: {@code (x − mean) / std}.
 *
 * @param mean one a channel
 * @param std one a channel, above 0
 */
public record Normalization(List<Float> mean, List<Float> std) {
  private static final double SMALLEST_STD = 1e-3;

  /** Keeps unmodifiable copies. */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /**
   * Measures a set.
   *
   * @param images the training images; no others may take part
   * @return the mean and the standard deviation of each channel's pixels
   */
  public static Normalization of(ImageSet images) {
    ImageShape shape = images.shape();
    int plane = shape.height() * shape.width();
    long[][] histogram = new long[shape.channels()][256];
    byte[] pixels = new byte[shape.size()];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, pixels, 0);
      for (int p = 0; p < pixels.length; p++) {
        histogram[p / plane][pixels[p] & 0xff]++;
      }
    }
    Float[] mean = new Float[shape.channels()];
    Float[] std = new Float[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      double m = moment(histogram[c], 0, 1);
      mean[c] = (float) m;
      std[c] = (float) Math.max(SMALLEST_STD, Math.sqrt(moment(histogram[c], m, 2)));
    }
    return new Normalization(List.of(mean), List.of(std));
  }

  private static double moment(long[] histogram, double centre, int power) {
    double sum = 0;
    long count = 0;
    for (int v = 0; v < 256; v++) {
      sum += histogram[v] * Math.pow(v / 255.0 - centre, power);
      count += histogram[v];
    }
    return sum / count;
  }

  /**
   * The normalised value of every byte, by channel.
   *
   * @return {@code [C][256]}
   */
  float[][] table() {
    float[][] table = new float[mean.size()][256];
    for (int c = 0; c < table.length; c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (v / 255f - mean.get(c)) / std.get(c);
      }
    }
    return table;
  }

  /**
   * Normalises one image.
   *
   * @param pixels {@code [C, H, W]}, unsigned bytes
   * @param shape its shape
   * @return {@code [C, H, W]}
   */
  public float[] apply(byte[] pixels, ImageShape shape) {
    float[][] table = table();
    int plane = shape.height() * shape.width();
    float[] values = new float[pixels.length];
    for (int p = 0; p < values.length; p++) {
      values[p] = table[p / plane][pixels[p] & 0xff];
    }
    return values;
  }
}
