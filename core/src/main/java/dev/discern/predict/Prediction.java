package dev.discern.predict;

import java.util.List;

/**
 * A network's prediction for one image.
 *
 * @param classes all classes, likeliest first; their probabilities are calibrated if the model is
 */
public record Prediction(List<ClassProbability> classes) {
  /** Keeps an unmodifiable copy. */
  public Prediction {
    classes = List.copyOf(classes);
  }

  /**
   * The classes that are more likely than not.
   *
   * @return those with a probability of at least ½, likeliest first; with one class per image, at
   *     most one unless there is a tie
   */
  public List<ClassProbability> likely() {
    return classes.stream().filter(each -> each.probability() >= 0.5).toList();
  }

  /**
   * Whether the likeliest class is likely enough.
   *
   * @param least the smallest probability to accept
   * @return false if the likeliest class is less likely
   */
  public boolean isSure(double least) {
    return classes.get(0).probability() >= least;
  }

  /**
   * A class and its probability.
   *
   * @param name the name of the class
   * @param probability in [0, 1]
   */
  public record ClassProbability(String name, double probability) {}
}
