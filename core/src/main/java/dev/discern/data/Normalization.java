package dev.discern.data;

import dev.discern.image.ImageShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Per-channel mean and standard deviation of the training images on the scale 0 to 1. A pixel
 * {@code v} in 0..255 enters the network as {@code (v/255 − mean) / std}.
 *
 * @param mean {@code [C]}
 * @param std {@code [C]}, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // small, read by hot loops; equality is by content below
public record Normalization(float[] mean, float[] std) {
  /** One grey level: a channel that never varies is centred, not blown up. */
  private static final double STD_FLOOR = 1 / 255.0;

  private static final int LEVELS = 256;

  /** Refuses lengths that differ, and deviations that are not above 0. */
  public Normalization {
    if (mean.length != std.length || mean.length == 0) {
      throw new IllegalArgumentException("Normalization needs a mean and a std for each channel.");
    }
    for (float s : std) {
      if (!(s > 0)) {
        throw new IllegalArgumentException("A standard deviation is " + s + ", not above 0.");
      }
    }
  }

  /**
   * Measures a set: exact counts of grey levels, so neither order nor threads show in the result.
   *
   * @param train the training images
   * @return their statistics
   */
  public static Normalization of(ImageSet train) {
    long[] counts =
        IntStream.range(0, train.size())
            .parallel()
            .collect(() -> new Histogram(train), Histogram::add, Histogram::merge)
            .counts;
    int channels = train.shape().channels();
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      double n = (double) train.size() * train.shape().plane();
      for (int v = 0; v < LEVELS; v++) {
        double level = v / 255.0;
        sum += counts[c * LEVELS + v] * level;
        squares += counts[c * LEVELS + v] * level * level;
      }
      mean[c] = (float) (sum / n);
      double variance = squares / n - (sum / n) * (sum / n);
      std[c] = (float) Math.max(STD_FLOOR, Math.sqrt(Math.max(0, variance)));
    }
    return new Normalization(mean, std);
  }

  /**
   * Normalises an image without augmentation, as prediction does.
   *
   * @param image {@code [C, H, W]}, unsigned
   * @param shape its shape
   * @return {@code [C, H, W]}
   */
  public float[] apply(byte[] image, ImageShape shape) {
    float[] out = new float[shape.volume()];
    new Transform(shape, this).apply(image, out, 0, Transform.Draw.NONE);
    return out;
  }

  /** The normalised value of every grey level: {@code [256]} a channel. */
  float[][] tables() {
    float[][] tables = new float[mean.length][LEVELS];
    for (int c = 0; c < mean.length; c++) {
      for (int v = 0; v < LEVELS; v++) {
        tables[c][v] = (v / 255f - mean[c]) / std[c];
      }
    }
    return tables;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
  }

  private static final class Histogram {
    private final ImageSet set;
    private final byte[] pixels;
    private final long[] counts;

    Histogram(ImageSet set) {
      this.set = set;
      pixels = new byte[set.shape().volume()];
      counts = new long[set.shape().channels() * LEVELS];
    }

    void add(int image) {
      set.read(image, pixels, 0);
      int plane = set.shape().plane();
      for (int p = 0; p < pixels.length; p++) {
        counts[p / plane * LEVELS + (pixels[p] & 0xff)]++;
      }
    }

    void merge(Histogram other) {
      Arrays.setAll(counts, k -> counts[k] + other.counts[k]);
    }
  }
}
