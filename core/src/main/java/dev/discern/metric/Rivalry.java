package dev.discern.metric;

/** The probability of the true class and of its strongest rival, as means over images. */
final class Rivalry {
  private double trueProbability;
  private double rivalProbability;
  private long images;

  void add(Outcome outcome) {
    images++;
    trueProbability += outcome.trueProbability();
    rivalProbability += outcome.rivalProbability();
  }

  void merge(Rivalry other) {
    images += other.images;
    trueProbability += other.trueProbability;
    rivalProbability += other.rivalProbability;
  }

  /** The mean of {@code p_y}; at least one image must have been added. */
  double meanTrueProbability() {
    return trueProbability / images;
  }

  /** The mean of {@code max_{i≠y} p_i}; at least one image must have been added. */
  double meanStrongestRival() {
    return rivalProbability / images;
  }
}
