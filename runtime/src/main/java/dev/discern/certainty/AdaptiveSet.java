package dev.discern.certainty;

import java.util.Arrays;

/**
 * Adaptive prediction sets: an image's likeliest classes, as many as it takes to hold more than a
 * threshold of the probability, hence at least one.
 *
 * <p>Source: Romano, Sesia, Candès: Classification with Valid and Adaptive Coverage, NeurIPS 2020
 * (arXiv 2006.02544), section 2, without randomization: the class that crosses the threshold always
 * belongs to the set. The conformity score is the paper's for these sets: the smallest threshold
 * whose set holds a class, which is the probability of all classes ranked before it.
 */
public final class AdaptiveSet {
  private AdaptiveSet() {}

  /**
   * The conformity score of an image's true class.
   *
   * @param probabilities of all classes; not changed
   * @param label the true class
   * @return the summed probability of the classes that are likelier, and of those as likely with a
   *     lower index; in [0, 1], and 0 if the prediction is right
   */
  public static double score(double[] probabilities, int label) {
    int rank = 0;
    for (int k = 0; k < probabilities.length; k++) {
      double p = probabilities[k];
      boolean before = p > probabilities[label] || (p == probabilities[label] && k < label);
      rank += before ? 1 : 0;
    }
    return before(descending(probabilities), rank);
  }

  /**
   * The size of an image's set.
   *
   * @param descending the probabilities of all classes, largest first
   * @param threshold the score up to which a class belongs to the set
   * @return how many of the likeliest classes it holds, at least 1
   */
  public static int size(double[] descending, double threshold) {
    int size = 1;
    double before = descending[0];
    while (size < descending.length && Math.min(1, before) <= threshold) {
      before += descending[size];
      size++;
    }
    return size;
  }

  // Summed in the order of size(), so that a class has the same score there, bit by bit.
  private static double before(double[] descending, int rank) {
    double mass = 0;
    for (int r = 0; r < rank; r++) {
      mass += descending[r];
    }
    return Math.min(1, mass);
  }

  /**
   * Sorts probabilities.
   *
   * @param probabilities in any order; not changed
   * @return a copy, largest first
   */
  public static double[] descending(double[] probabilities) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    for (int low = 0, high = sorted.length - 1; low < high; low++, high--) {
      double swapped = sorted[low];
      sorted[low] = sorted[high];
      sorted[high] = swapped;
    }
    return sorted;
  }
}
