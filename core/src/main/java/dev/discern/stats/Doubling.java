package dev.discern.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What twice as many training images would bring, extrapolated from trainings with fewer.
 *
 * <p>A {@link PowerLaw} is fitted to the mean errors. The interval is a bootstrap's: the draws of
 * the training images and the validation images are drawn again with replacement, and the form is
 * fitted again. It contains neither what other kinds of photographs would bring nor that the form
 * may be wrong; whether it foretells the last doubling from the smaller sizes is tested.
 *
 * @param gain the gain of accuracy from the largest size to its double, 0 or more
 * @param interval the 95 % interval of the gain
 * @param lastGain the measured gain of the last step to the largest size
 * @param lastForetold the gain of that step that the smaller sizes alone foretell
 * @param supported whether the 95 % interval of the difference of these two contains 0
 */
public record Doubling(
    double gain, Interval interval, double lastGain, double lastForetold, boolean supported) {
  /** The sizes that a forecast needs: three for the form, and one to test it. */
  public static final int SIZES = 4;

  private static final int RESAMPLES = 500;

  /**
   * Extrapolates.
   *
   * @param images the numbers of training images, at least {@value #SIZES}, increasing
   * @param right {@code [size][draw][validation image]}: whether the classifier is right; the draws
   *     of all sizes are as many, and the smaller sizes of a draw are part of its larger ones
   * @param seed the seed of the bootstrap
   * @return the forecast
   * @throws IllegalArgumentException if there are fewer sizes
   */
  public static Doubling of(double[] images, boolean[][][] right, long seed) {
    if (images.length < SIZES || right.length != images.length) {
      throw new IllegalArgumentException(
          "A forecast needs at least " + SIZES + " sizes, not " + images.length + ".");
    }
    int[] draws = range(right[0].length);
    int[] validation = range(right[0][0].length);
    Fit fit = Fit.of(images, errors(right, draws, validation));
    SplittableRandom random = new SplittableRandom(seed);
    double[] gains = new double[RESAMPLES];
    double[] misses = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      Fit again =
          Fit.of(
              images,
              errors(right, resampled(draws.length, random), resampled(validation.length, random)));
      gains[r] = again.gain();
      misses[r] = again.foretold() - again.measured();
    }
    Interval miss = interval(misses);
    return new Doubling(
        fit.gain(),
        interval(gains),
        fit.measured(),
        fit.foretold(),
        miss.low() <= 0 && miss.high() >= 0);
  }

  /** The forecast of one set of errors, and that of its own last step. */
  private record Fit(double gain, double measured, double foretold) {
    static Fit of(double[] images, double[] errors) {
      int last = images.length - 1;
      PowerLaw all = PowerLaw.fit(images, errors);
      PowerLaw before = PowerLaw.fit(Arrays.copyOf(images, last), Arrays.copyOf(errors, last));
      return new Fit(
          all.at(images[last]) - all.at(2 * images[last]),
          errors[last - 1] - errors[last],
          before.at(images[last - 1]) - before.at(images[last]));
    }
  }

  private static double[] errors(boolean[][][] right, int[] draws, int[] validation) {
    double[] errors = new double[right.length];
    for (int size = 0; size < right.length; size++) {
      int wrong = 0;
      for (int draw : draws) {
        for (int image : validation) {
          wrong += right[size][draw][image] ? 0 : 1;
        }
      }
      errors[size] = (double) wrong / draws.length / validation.length;
    }
    return errors;
  }

  private static int[] range(int n) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static int[] resampled(int n, SplittableRandom random) {
    int[] drawn = new int[n];
    Arrays.setAll(drawn, i -> random.nextInt(n));
    return drawn;
  }

  private static Interval interval(double[] values) {
    Arrays.sort(values);
    return new Interval(
        Bootstrap.quantile(values, Summary.TAIL), Bootstrap.quantile(values, 1 - Summary.TAIL));
  }
}
