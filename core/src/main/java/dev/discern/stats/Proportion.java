package dev.discern.stats;

/**
 * A share of independent trials, such as the accuracy on test images.
 *
 * @param successes 0 to {@code trials}
 * @param trials at least 1
 */
public record Proportion(long successes, long trials) {
  private static final double Z = 1.959963984540054; // of the normal distribution, at 0.975

  /** Refuses counts that are no share. */
  public Proportion {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " of " + trials + " is not a share.");
    }
  }

  /**
   * The share.
   *
   * @return in [0, 1]
   */
  public double share() {
    return (double) successes / trials;
  }

  /**
   * The 95 % score interval of the true share (Wilson, 1927). It accounts for the variation of the
   * images, not of the training.
   *
   * @return an interval within [0, 1] that contains the share
   */
  public Interval interval() {
    double squared = Z * Z;
    double center = (successes + squared / 2) / (trials + squared);
    double margin = Z / (trials + squared) * Math.sqrt(successes * (1 - share()) + squared / 4);
    return new Interval(
        successes == 0 ? 0 : center - margin, successes == trials ? 1 : center + margin);
  }
}
