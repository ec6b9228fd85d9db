package dev.discern.embedding;

import java.util.SplittableRandom;

/** Made-up rows for the tests of this package. */
final class Clouds {
  private Clouds() {}

  /** Rows {@code [n][d]} of independent standard normal numbers. */
  static double[][] normal(long seed, int n, int d) {
    return groups(seed, 1, n, d, 0);
  }

  /**
   * Normal groups, {@code [groups·each][d]} by group; group g is moved along axis g, so that all
   * are equally far from each other.
   */
  static double[][] groups(long seed, int groups, int each, int d, double away) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[groups * each][d];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < d; k++) {
        rows[i][k] = random.nextGaussian() + (k == i / each ? away : 0);
      }
    }
    return rows;
  }
}
