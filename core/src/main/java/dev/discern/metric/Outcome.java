package dev.discern.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The prediction of a classifier for one labeled image, reduced to what the accumulators need.
 *
 * @param label the true class
 * @param predicted the most likely class; of equally likely classes, the one with the lowest index
 * @param rank the number of classes ranked before the true class: those more likely, and those
 *     equally likely with a lower index; 0 if and only if the prediction is right
 * @param trueProbability {@code p_y}
 * @param rivalProbability {@code max_{i≠y} p_i}
 * @param confidence {@code max_i p_i}
 */
record Outcome(
    int label,
    int predicted,
    int rank,
    double trueProbability,
    double rivalProbability,
    double confidence) {

  // A softmax in low precision may round to slightly more than 1.
  private static final float LARGEST = 1.001f;

  /**
   * Reads a batch completely, or not at all if any input is invalid.
   *
   * @param probabilities {@code [N, K]}, row-major, each in [0, 1]
   * @param labels N true classes, each in [0, K)
   * @param classes K
   * @return N outcomes, in order
   * @throws IllegalArgumentException if lengths, labels or probabilities are invalid
   */
  static List<Outcome> of(float[] probabilities, int[] labels, int classes) {
    if (probabilities.length != (long) labels.length * classes) {
      throw new IllegalArgumentException(
          probabilities.length
              + " probabilities do not fit "
              + labels.length
              + " images of "
              + classes
              + " classes.");
    }
    List<Outcome> outcomes = new ArrayList<>(labels.length);
    for (int i = 0; i < labels.length; i++) {
      requireLabel(i, labels[i], classes);
      requireProbabilities(i, probabilities, classes);
      outcomes.add(of(probabilities, i * classes, labels[i], classes));
    }
    return outcomes;
  }

  private static Outcome of(float[] probabilities, int row, int label, int classes) {
    float truth = probabilities[row + label];
    float rival = 0;
    int best = 0;
    int rank = 0;
    for (int k = 0; k < classes; k++) {
      float p = probabilities[row + k];
      best = p > probabilities[row + best] ? k : best;
      rank += p > truth || (p == truth && k < label) ? 1 : 0;
      rival = k == label ? rival : Math.max(rival, p);
    }
    return new Outcome(label, best, rank, truth, rival, probabilities[row + best]);
  }

  private static void requireLabel(int image, int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "Image "
              + image
              + " of the batch has label "
              + label
              + ", but the classes are 0 to "
              + (classes - 1)
              + ".");
    }
  }

  private static void requireProbabilities(int image, float[] probabilities, int classes) {
    for (int k = 0; k < classes; k++) {
      float p = probabilities[image * classes + k];
      if (!(p >= 0 && p <= LARGEST)) {
        throw new IllegalArgumentException(
            "Image "
                + image
                + " of the batch has probability "
                + p
                + " for class "
                + k
                + ", but it must be in [0, 1].");
      }
    }
  }
}
