package dev.discern.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact binomial test of whether two classifiers are right equally often on the same images
 * (McNemar, 1947): if they are, each is equally likely to be the one that is right alone. The test
 * accounts for the variation of images, not of trained models, so it says nothing about other
 * seeds.
 *
 * @param onlyFirstRight images that only the first classifier gets right
 * @param onlySecondRight images that only the second classifier gets right
 * @param p the two-sided p-value, {@code min(1, 2·P(X ≤ min(both counts)))} where X is binomial
 *     with the sum of the counts and ½; 1 if both counts are 0
 */
public record McNemar(long onlyFirstRight, long onlySecondRight, double p) {
  /**
   * Runs the test.
   *
   * @param onlyFirstRight images that only the first classifier gets right, 0 or more
   * @param onlySecondRight images that only the second classifier gets right, 0 or more
   * @return the counts and the p-value
   * @throws IllegalArgumentException if a count is negative or the sum of the counts exceeds 2³¹ −
   *     1
   */
  public static McNemar of(long onlyFirstRight, long onlySecondRight) {
    requireCount(onlyFirstRight);
    requireCount(onlySecondRight);
    long either = onlyFirstRight + onlySecondRight;
    if (either > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Exactly one classifier is right on "
              + either
              + " images, but the test supports at most 2147483647.");
    }
    int fewer = (int) Math.min(onlyFirstRight, onlySecondRight);
    double tail = BinomialDistribution.of((int) either, 0.5).cumulativeProbability(fewer);
    return new McNemar(onlyFirstRight, onlySecondRight, Math.min(1, 2 * tail));
  }

  private static void requireCount(long images) {
    if (images < 0 || images > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The count of images is " + images + ", but it must be from 0 to 2147483647.");
    }
  }
}
