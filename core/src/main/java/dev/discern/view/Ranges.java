package dev.discern.view;

import dev.discern.config.Check;
import java.util.SplittableRandom;

/** Checks ranges of parameters and draws from them. */
final class Ranges {
  private Ranges() {}

  /** Refuses a range of shares of an area unless {@code 0 < minScale <= maxScale <= 1}. */
  static void share(String name, double minScale, double maxScale) {
    within01(name, "minScale", minScale);
    within01(name, "maxScale", maxScale);
    ordered(name, "minScale", minScale, "maxScale", maxScale);
  }

  /** Refuses a range that is empty. */
  static void ordered(String name, String min, double least, String max, double most) {
    Check.that(
        least <= most,
        "Parameter " + min + " of " + name,
        least,
        "must not be above " + max + ", which is " + most);
  }

  private static void within01(String name, String parameter, double value) {
    Check.that(
        value > 0 && value <= 1,
        "Parameter " + parameter + " of " + name,
        value,
        "must lie in (0, 1]");
  }

  /** A random number in [min, max]. */
  static double uniform(SplittableRandom random, double min, double max) {
    return min + (max - min) * random.nextDouble();
  }

  /** A random number in [min, max] whose logarithm is uniform. */
  static double logUniform(SplittableRandom random, double min, double max) {
    return Math.exp(uniform(random, Math.log(min), Math.log(max)));
  }
}
