package dev.discern.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether two classifiers are right equally often on the same images (McNemar, 1947), by the exact
 * binomial test: where they are, either is as likely to be the one that is right alone. The images
 * vary, the trained models do not: this says nothing of another seed.
 *
 * @param onlyFirstRight images that only the first classifier tells rightly
 * @param onlySecondRight images that only the second does
 * @param p two-sided p-value, {@code min(1, 2·P(X ≤ min(both counts)))} with X binomial of the sum
 *     of the counts and ½; 1 where both are 0
 */
public record McNemar(long onlyFirstRight, long onlySecondRight, double p) {
  /**
   * Tests.
   *
   * @param onlyFirstRight images that only the first classifier tells rightly, 0 or more
   * @param onlySecondRight images that only the second does, 0 or more
   * @return the counts and their p-value
   * @throws IllegalArgumentException if one is negative, or their sum is above 2³¹ − 1
   */
  public static McNemar of(long onlyFirstRight, long onlySecondRight) {
    requireCount(onlyFirstRight);
    requireCount(onlySecondRight);
    long either = onlyFirstRight + onlySecondRight;
    if (either > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Exactly one is right on " + either + " images, but at most 2147483647 can be tested.");
    }
    int fewer = (int) Math.min(onlyFirstRight, onlySecondRight);
    double tail = BinomialDistribution.of((int) either, 0.5).cumulativeProbability(fewer);
    return new McNemar(onlyFirstRight, onlySecondRight, Math.min(1, 2 * tail));
  }

  private static void requireCount(long images) {
    if (images < 0 || images > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The count of images is " + images + ", but it must lie in 0 to 2147483647.");
    }
  }
}
