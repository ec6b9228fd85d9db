package dev.discern.stats;

/** Checks of what is handed to this package. */
final class Refusal {
  private Refusal() {}

  /**
   * Refuses values without a mean.
   *
   * @param values at least one, all finite
   * @throws IllegalArgumentException if there is none, or one is infinite or not a number
   */
  static void unlessFinite(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("There are no values, but a mean needs one.");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Value " + i + " is " + values[i] + ", but it must be finite.");
      }
    }
  }
}
