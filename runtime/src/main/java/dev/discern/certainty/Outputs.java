package dev.discern.certainty;

/**
 * A network's outputs for images of one known class each.
 *
 * @param logProbabilities {@code [N, K]}, row-major: {@code ln p} of a distribution over the
 *     classes, finite; not copied
 * @param labels N true classes, each in [0, K); not copied
 * @param classes K, at least 2
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Outputs(float[] logProbabilities, int[] labels, int classes) {
  /**
   * Checks the sizes, labels and numbers.
   *
   * @throws IllegalArgumentException if there are no images, a label is unknown, or a number is NaN
   *     or infinite
   */
  public Outputs {
    if (classes < 2 || labels.length == 0) {
      throw new IllegalArgumentException("There are no images, or fewer than two classes.");
    }
    if (logProbabilities.length != (long) labels.length * classes) {
      throw new IllegalArgumentException(
          logProbabilities.length
              + " log-probabilities do not fit "
              + labels.length
              + " images of "
              + classes
              + " classes.");
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "A label is " + label + ", but the classes are 0 to " + (classes - 1) + ".");
      }
    }
    for (float value : logProbabilities) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("A log-probability is " + value + ".");
      }
    }
  }

  /**
   * The number of images.
   *
   * @return N, at least 1
   */
  public int images() {
    return labels.length;
  }

  /** The log-probability of an image's true class. */
  double ofTarget(int image) {
    return logProbabilities[image * classes + labels[image]];
  }

  /** Whether no class of any image is likelier than the true one. */
  boolean areAllRight() {
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < classes; k++) {
        if (logProbabilities[i * classes + k] > ofTarget(i)) {
          return false;
        }
      }
    }
    return true;
  }
}
