package dev.discern.runtime;

import dev.discern.certainty.AdaptiveSet;
import dev.discern.certainty.Conformity;
import dev.discern.failure.InvalidRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model's prediction for one image.
 *
 * @param ranking all classes, likeliest first; of equally likely ones, the first in the model's
 *     order
 * @param task what the probabilities mean
 * @param conformity the model's calibration; empty if it has none
 */
public record Prediction(
    List<ClassProbability> ranking, Card.Task task, Optional<Conformity> conformity) {
  private static final double AS_LIKELY_AS_NOT = 0.5;

  /**
   * A class and its probability.
   *
   * @param name the class
   * @param index its place in the model's order of classes
   * @param probability calibrated if the model is, in [0, 1]
   */
  public record ClassProbability(String name, int index, double probability) {}

  /** Keeps an unmodifiable copy. */
  public Prediction {
    ranking = List.copyOf(ranking);
    if (ranking.isEmpty()) {
      throw new IllegalArgumentException("A prediction has at least one class.");
    }
  }

  /**
   * Ranks a model's probabilities.
   *
   * @param card the model
   * @param probabilities of its classes, in their order
   * @return the prediction
   */
  public static Prediction of(Card card, double[] probabilities) {
    return new Prediction(
        IntStream.range(0, probabilities.length)
            .mapToObj(k -> new ClassProbability(card.classes().get(k), k, probabilities[k]))
            .sorted(Comparator.comparingDouble(ClassProbability::probability).reversed())
            .toList(),
        card.task(),
        card.conformity());
  }

  /**
   * The likeliest class.
   *
   * @return its name
   */
  public String className() {
    return ranking.get(0).name();
  }

  /**
   * The probability of the likeliest class.
   *
   * @return a number in [0, 1], calibrated if the model is
   */
  public double probability() {
    return ranking.get(0).probability();
  }

  /**
   * The likeliest classes.
   *
   * @param k how many, at least 1
   * @return k classes, or all if there are fewer, likeliest first
   * @throws InvalidRequest if k is below 1
   */
  public List<ClassProbability> top(int k) {
    if (k < 1) {
      throw new InvalidRequest("The number of classes is " + k + ", but it must be at least 1.");
    }
    return ranking.subList(0, Math.min(k, ranking.size()));
  }

  /**
   * The classes that are more likely than not: the labels of an image that may have several.
   *
   * @return classes of a probability of at least 0.5, likeliest first; may be empty
   */
  public List<ClassProbability> labels() {
    return ranking.stream().filter(c -> c.probability() >= AS_LIKELY_AS_NOT).toList();
  }

  /**
   * Whether the model is too unsure to be believed.
   *
   * @param threshold the probability that the likeliest class needs, in [0, 1]
   * @return true if it is less likely
   * @throws InvalidRequest if the threshold is outside [0, 1]
   */
  public boolean rejected(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new InvalidRequest(
          "The threshold is " + threshold + ", but it must lie between 0 and 1.");
    }
    return probability() < threshold;
  }

  /**
   * The prediction set: with the given probability, it holds the true class of an image like those
   * that the model was calibrated on ({@code docs/certainty.md}).
   *
   * @param coverage that probability, in (0, 1), such as 0.95
   * @return the likeliest classes, at least one, likeliest first; all classes if the model was
   *     calibrated on too few images for this coverage
   * @throws InvalidRequest if the coverage is not in (0, 1), images have several labels, or the
   *     model has no calibration
   */
  public List<ClassProbability> set(double coverage) {
    if (task != Card.Task.ONE_LABEL) {
      throw new InvalidRequest(
          "There are no prediction sets for several labels per image: use its labels instead.");
    }
    Conformity scores =
        conformity.orElseThrow(
            () ->
                new InvalidRequest(
                    "The model has no calibration, which prediction sets need: export a run whose"
                        + " training has ended."));
    double[] descending = ranking.stream().mapToDouble(ClassProbability::probability).toArray();
    return ranking.subList(0, AdaptiveSet.size(descending, scores.threshold(coverage)));
  }
}
