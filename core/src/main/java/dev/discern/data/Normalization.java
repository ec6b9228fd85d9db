package dev.discern.data;

import dev.discern.image.Pixels;
import dev.discern.view.View;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Per-channel mean and standard deviation of training images on a scale from 0 to 1. A pixel {@code
 * v} in 0..255 enters the network as {@code (v/255 − mean) / std}.
 *
 * @param mean {@code [C]}
 * @param std {@code [C]}, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // small, read by hot loops; equality is by content below
public record Normalization(float[] mean, float[] std) {
  /** One gray level: a constant channel is centered, not amplified. */
  private static final double STD_FLOOR = 1 / 255.0;

  private static final int LEVELS = 256;
  private static final int SAMPLE = 1024;

  /** Refuses different lengths and deviations that are not above 0. */
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
   * Measures up to 1,024 images of a set, evenly spaced: exact counts of levels, so neither order
   * nor threads show in the result.
   *
   * @param train the training images
   * @param view how they are seen, without random changes
   * @return their statistics
   * @throws dev.discern.config.WorkFailed if one of them cannot be decoded
   */
  public static Normalization of(ImageSet train, View view) {
    int channels = view.shape().channels();
    int count = Math.min(SAMPLE, train.size());
    int every = Math.max(1, train.size() / SAMPLE);
    long[] counts =
        IntStream.range(0, count)
            .parallel()
            .collect(
                () -> new long[channels * LEVELS],
                (into, k) -> add(into, view.apply(train.image(k * every), new SplittableRandom(0))),
                Normalization::merge);
    return of(counts, channels, (double) count * view.shape().plane());
  }

  private static void add(long[] counts, Pixels pixels) {
    byte[] data = pixels.data();
    for (int at = 0; at < data.length; at++) {
      counts[at % pixels.channels() * LEVELS + (data[at] & 0xff)]++;
    }
  }

  private static void merge(long[] counts, long[] other) {
    Arrays.setAll(counts, k -> counts[k] + other[k]);
  }

  private static Normalization of(long[] counts, int channels, double n) {
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
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
}
