package dev.discern.stats;

/** Checks of the inputs of this package. */
final class Refusal {
  private Refusal() {}

  /**
   * Rejects values without a finite mean.
   *
   * @param values at least one, all finite
   * @throws IllegalArgumentException if there are no values, or one is infinite or NaN
   */
  static void unlessFinite(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("There are no values, but a mean needs at least one.");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Value " + i + " is " + values[i] + ", but it must be finite.");
      }
    }
  }
}
