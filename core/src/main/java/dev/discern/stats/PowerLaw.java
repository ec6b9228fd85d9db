package dev.discern.stats;

import java.util.Arrays;

/**
 * An error that falls with the number of training images: {@code floor + scale·n^(−exponent)}.
 *
 * <p>Source of the form: Hestness et al., Deep Learning Scaling is Predictable, Empirically, arXiv
 * 1712.00409 (2017), equation 1.
 *
 * @param floor the error that no number of images removes, 0 or more
 * @param scale 0 or more
 * @param exponent from 0.05, where the error falls by almost the same amount with each doubling, to
 *     2
 */
public record PowerLaw(double floor, double scale, double exponent) {
  private static final int EXPONENTS = 40;
  private static final double LARGEST = 2;

  /**
   * Fits the form by least squares. For each exponent of a grid, the best floor and scale that are
   * not negative are known in closed form.
   *
   * @param images the numbers of training images, at least three different ones, increasing
   * @param errors the error at each
   * @return the best fit
   * @throws IllegalArgumentException if there are fewer than three pairs
   */
  public static PowerLaw fit(double[] images, double[] errors) {
    Refusal.unlessFinite(errors);
    if (images.length < 3 || images.length != errors.length) {
      throw new IllegalArgumentException(
          images.length
              + " sizes and "
              + errors.length
              + " errors do not determine three numbers.");
    }
    PowerLaw best = new PowerLaw(0, 0, LARGEST);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= EXPONENTS; k++) {
      PowerLaw law = fit(images, errors, LARGEST * k / EXPONENTS);
      double squares = law.squares(images, errors);
      if (squares < least) {
        least = squares;
        best = law;
      }
    }
    return best;
  }

  private static PowerLaw fit(double[] images, double[] errors, double exponent) {
    int n = images.length;
    double[] t = Arrays.stream(images).map(size -> Math.pow(size, -exponent)).toArray();
    double meanT = Arrays.stream(t).average().orElseThrow();
    double meanE = Arrays.stream(errors).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    double product = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      covariance += (t[i] - meanT) * (errors[i] - meanE);
      variance += (t[i] - meanT) * (t[i] - meanT);
      product += t[i] * errors[i];
      squares += t[i] * t[i];
    }
    double scale = covariance / variance;
    if (scale <= 0) {
      return new PowerLaw(meanE, 0, exponent);
    }
    double floor = meanE - scale * meanT;
    return floor >= 0
        ? new PowerLaw(floor, scale, exponent)
        : new PowerLaw(0, product / squares, exponent);
  }

  private double squares(double[] images, double[] errors) {
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      double off = at(images[i]) - errors[i];
      sum += off * off;
    }
    return sum;
  }

  /**
   * The error that the form gives.
   *
   * @param images the number of training images
   * @return the error
   */
  public double at(double images) {
    return floor + scale * Math.pow(images, -exponent);
  }
}
