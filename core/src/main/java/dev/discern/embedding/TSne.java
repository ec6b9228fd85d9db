package dev.discern.embedding;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Exact t-SNE (van der Maaten and Hinton, 2008): a map that keeps neighboring rows near each other.
 *
 * <p>The descent starts from the principal components, scaled to a standard deviation of 1e-4
 * (Kobak and Berens, 2019), multiplies the affinities by 12 in the first 250 iterations, and uses
 * the learning rate max(n/48, 50) (Belkina et al., 2019, adapted to this gradient, which includes
 * the factor 4). It runs on the calling thread in a fixed order, so a seed reproduces the map bit
 * by bit.
 */
public final class TSne {
  private static final double SPREAD = 1e-4;
  // Without jitter, equal or collinear rows would keep an equal coordinate forever.
  private static final double JITTER = 1e-2 * SPREAD;
  private static final double EXAGGERATION = 12;
  private static final int EXAGGERATED = 250;

  private TSne() {}

  /**
   * Computes a map. Memory and time grow with n²: a thousand rows take about two seconds for a
   * thousand iterations.
   *
   * @param rows {@code [n][d]}, n and d at least 1, absolute values up to 1e100
   * @param perplexity the effective number of neighbors of a row, at least 1, usually 5 to 50;
   *     limited to (n − 1)/3, but never below 1
   * @param iterations the number of descent steps, 0 or more, usually 1000; if it is below 500,
   *     half of the steps use exaggerated affinities
   * @param seed the seed of the jitter that separates equal rows; the jitter is a hundredth of the
   *     initial standard deviation
   * @return the map
   * @throws IllegalArgumentException if rows are empty or differ in length, a value is too large or
   *     NaN, or perplexity or iterations are out of range
   */
  public static TSneMap project(double[][] rows, double perplexity, int iterations, long seed) {
    Rows.requireMatrix(rows);
    requirePossible(perplexity, iterations);
    int n = rows.length;
    double used = Math.max(1, Math.min(perplexity, (n - 1) / 3.0));
    Divergence divergence = new Divergence(Affinities.of(rows, used));

    double[][] start = start(rows, seed);
    double[] x = start[0];
    double[] y = start[1];
    descend(divergence, x, y, iterations);
    double[][] points =
        IntStream.range(0, n).mapToObj(i -> new double[] {x[i], y[i]}).toArray(double[][]::new);
    return new TSneMap(points, used, divergence.at(x, y));
  }

  private static void requirePossible(double perplexity, int iterations) {
    if (!(perplexity >= 1 && Double.isFinite(perplexity))) {
      throw new IllegalArgumentException(
          "The perplexity is " + perplexity + ", but it must be finite and 1 or more.");
    }
    if (iterations < 0) {
      throw new IllegalArgumentException(
          "The number of iterations is " + iterations + ", but it must be 0 or more.");
    }
  }

  /**
   * The principal components, {@code [2][n]}, scaled so that the first has a standard deviation of
   * {@value #SPREAD}.
   */
  private static double[][] start(double[][] rows, long seed) {
    double[][] points = Pca.project(rows).points();
    double squares = 0;
    for (double[] point : points) {
      squares += point[0] * point[0];
    }
    double scale = squares > 0 ? SPREAD / Math.sqrt(squares / rows.length) : 0;
    SplittableRandom random = new SplittableRandom(seed);
    double[][] start = new double[2][rows.length];
    for (int i = 0; i < rows.length; i++) {
      start[0][i] = scale * points[i][0] + JITTER * random.nextGaussian();
      start[1][i] = scale * points[i][1] + JITTER * random.nextGaussian();
    }
    return start;
  }

  private static void descend(Divergence divergence, double[] x, double[] y, int iterations) {
    double rate = Math.max(x.length / (4 * EXAGGERATION), 50);
    int exaggerated = Math.min(EXAGGERATED, iterations / 2);
    double[] gradientX = new double[x.length];
    double[] gradientY = new double[y.length];
    Descent alongX = new Descent(x);
    Descent alongY = new Descent(y);
    for (int i = 0; i < iterations; i++) {
      boolean early = i < exaggerated;
      divergence.gradient(x, y, early ? EXAGGERATION : 1, gradientX, gradientY);
      alongX.step(gradientX, rate, early ? 0.5 : 0.8);
      alongY.step(gradientY, rate, early ? 0.5 : 0.8);
    }
  }
}
