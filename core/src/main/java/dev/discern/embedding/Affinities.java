package dev.discern.embedding;

import java.util.Arrays;

/**
 * The affinities of rows in t-SNE: {@code p_ij = (p_j|i + p_i|j)/2n}, where {@code p_j|i} is a
 * Gaussian of the distance whose width gives each row the same perplexity (van der Maaten and
 * Hinton, 2008, eq. 1 and section 3.1).
 */
final class Affinities {
  // Of the entropy, in nats; the authors' value.
  private static final double TOLERANCE = 1e-5;
  // If neighbors are equally near, no width gives a low perplexity; a narrow width is then correct.
  private static final int STEPS = 100;

  private Affinities() {}

  /**
   * Computes the affinity of every pair of rows.
   *
   * @param rows n rows of equal length
   * @param perplexity the perplexity of the neighbors of each row, from 1 to n − 1
   * @return {@code [n][n]}: p_ij, symmetric, 0 where i = j; their sum is 1, or 0 for a single row
   */
  static double[][] of(double[][] rows, double perplexity) {
    int n = rows.length;
    double[][] p = squaredDistances(rows);
    for (int i = 0; i < n; i++) {
      p[i] = conditional(p[i], i, perplexity);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        p[i][j] = (p[i][j] + p[j][i]) / (2 * n);
        p[j][i] = p[i][j];
      }
    }
    return p;
  }

  /** The squared Euclidean distances of rows, {@code [n][n]}. */
  static double[][] squaredDistances(double[][] rows) {
    double[][] distances = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += (rows[i][k] - rows[j][k]) * (rows[i][k] - rows[j][k]);
        }
        distances[i][j] = sum;
        distances[j][i] = sum;
      }
    }
    return distances;
  }

  /**
   * Computes the neighbor probabilities of a row.
   *
   * @param distances {@code [n]}: squared distances to the row
   * @param i the index of the row
   * @param perplexity the exponential of the entropy, reached within a tolerance of 1e-5 in the
   *     entropy where possible
   * @return {@code [n]}: p_j|i, 0 for i itself; their sum is 1, or 0 for a single row
   */
  static double[] conditional(double[] distances, int i, double perplexity) {
    double[] p = new double[distances.length];
    if (distances.length == 1) {
      return p;
    }
    double[] beyond = beyondNearest(distances, i);
    double wanted = Math.log(perplexity);
    double scale = Arrays.stream(beyond).filter(Double::isFinite).average().orElse(0);
    double precision = scale > 0 ? 1 / scale : 1;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    for (int step = 0; step < STEPS; step++) {
      double excess = fill(p, beyond, precision) - wanted;
      if (Math.abs(excess) <= TOLERANCE) {
        break;
      }
      if (excess > 0) {
        low = precision;
      } else {
        high = precision;
      }
      precision = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * precision;
    }
    return p;
  }

  /**
   * Distances minus the smallest one, which give the same probabilities but keep the exponentials
   * from all underflowing; infinite for the row itself.
   */
  private static double[] beyondNearest(double[] distances, int i) {
    double[] beyond = distances.clone();
    beyond[i] = Double.POSITIVE_INFINITY;
    double nearest = Arrays.stream(beyond).min().orElseThrow();
    for (int j = 0; j < beyond.length; j++) {
      beyond[j] -= nearest;
    }
    return beyond;
  }

  /** Fills in the probabilities of a precision {@code 1/2σ²}, and returns their entropy in nats. */
  private static double fill(double[] p, double[] distances, double precision) {
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = Math.exp(-precision * distances[j]);
      sum += p[j];
      weighted += p[j] > 0 ? p[j] * distances[j] : 0;
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return Math.log(sum) + precision * weighted / sum;
  }
}
