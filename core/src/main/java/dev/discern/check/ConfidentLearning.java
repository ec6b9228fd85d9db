package dev.discern.check;

/**
 * Finds labels that are probably wrong, from probabilities out of cross-validation.
 *
 * <p>Source: Northcutt, Jiang, Chuang, Confident Learning: Estimating Uncertainty in Dataset
 * Labels, Journal of Artificial Intelligence Research 70 (2021), equations 1 and 2. An image counts
 * toward class j if its probability of j is at least the average of that probability among images
 * labeled j, and j is the likeliest of such classes. Counted by label and by this class, images
 * form the confident joint, off whose diagonal the suspects are.
 */
final class ConfidentLearning {
  /** No class reaches its threshold. */
  static final int NONE = -1;

  private final Probabilities predicted;
  private final int[] labels;
  private final double[] thresholds;

  /**
   * Computes the thresholds.
   *
   * @param predicted one row per image
   * @param labels the class of each image
   */
  ConfidentLearning(Probabilities predicted, int[] labels) {
    this.predicted = predicted;
    this.labels = labels;
    thresholds = thresholds(predicted, labels);
  }

  // Equation 2; a class without images is never reached.
  private static double[] thresholds(Probabilities predicted, int[] labels) {
    double[] sums = new double[predicted.classes()];
    int[] counts = new int[predicted.classes()];
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i]] += predicted.of(i, labels[i]);
      counts[labels[i]]++;
    }
    for (int k = 0; k < sums.length; k++) {
      sums[k] = counts[k] == 0 ? Double.POSITIVE_INFINITY : sums[k] / counts[k];
    }
    return sums;
  }

  /** The average probability of each class among the images that are labeled so. */
  double[] thresholds() {
    return thresholds.clone();
  }

  /**
   * The class that an image confidently belongs to, whatever its label, or {@link #NONE}: equation
   * 1.
   */
  int confident(int i) {
    int best = NONE;
    for (int k = 0; k < thresholds.length; k++) {
      boolean reached = predicted.of(i, k) >= thresholds[k];
      if (reached && (best == NONE || predicted.of(i, k) > predicted.of(i, best))) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Whether a label is probably wrong: the image is off the confident joint's diagonal, and its
   * label is not even its likeliest class.
   */
  boolean isSuspect(int i) {
    int confident = confident(i);
    return confident != NONE && confident != labels[i] && predicted.likeliest(i) != labels[i];
  }
}
