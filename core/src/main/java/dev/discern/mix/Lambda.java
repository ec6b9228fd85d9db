package dev.discern.mix;

import dev.discern.config.Check;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** The share λ ~ Beta(α, α) of the original image in a mixed image. */
final class Lambda {
  static final double LEAST_ALPHA = 0.01;
  static final double MOST_ALPHA = 1000;

  private Lambda() {}

  static void requireAlpha(String method, double alpha) {
    Check.that(
        alpha >= LEAST_ALPHA && alpha <= MOST_ALPHA,
        "Parameter alpha of " + method,
        alpha,
        "must be in [0.01, 1000]");
  }

  static double draw(double alpha, SplittableRandom random) {
    return BetaDistribution.of(alpha, alpha).createSampler(random::nextLong).sample();
  }
}
