package discern.predict;

import java.util.List;

/**
 * What a network says of one image.
 *
 * @param classes the likeliest classes, likeliest first
 */
public record Prediction(List<ClassProbability> classes) {
  /** Keeps an unmodifiable copy. */
  public Prediction {
    classes = List.copyOf(classes);
  }

  /**
   * A class and its probability.
   *
   * @param name of the class
   * @param probability in [0, 1]
   */
  public record ClassProbability(String name, double probability) {}
}
