package dev.discern.explain;

import java.util.List;

/**
 * What a network makes of one image, and why.
 *
 * @param guesses all classes, likeliest first
 * @param reasons for the predicted class, then for its rival
 * @param features {@code [F]}, which the head classifies
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to find neighbors, never compared
public record Explanation(List<Guess> guesses, List<Reason> reasons, float[] features) {
  /** Keeps unmodifiable copies. */
  public Explanation {
    guesses = List.copyOf(guesses);
    reasons = List.copyOf(reasons);
  }

  /**
   * The probability of a class.
   *
   * @param label the class
   * @return in [0, 1]
   */
  public double probability(int label) {
    return guesses.stream()
        .filter(guess -> guess.label() == label)
        .mapToDouble(Guess::probability)
        .findFirst()
        .orElseThrow();
  }

  /**
   * A class with its probability.
   *
   * @param label the class
   * @param probability in [0, 1]
   */
  public record Guess(int label, double probability) {}

  /**
   * Where in the image the evidence for a class lies.
   *
   * @param label the class
   * @param map what raises its logit
   */
  public record Reason(int label, HeatMap map) {}
}
