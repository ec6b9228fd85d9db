package dev.discern.config;

import java.util.Arrays;
import java.util.List;

/**
 * The loss to minimize.
 *
 * @param spec the loss, such as {@code crl(alpha=1.5,beta=1)}; {@code auto} is {@code crl}, or
 *     {@code multilabel-bce} if images have several labels
 * @param labelSmoothing share of the target mass spread evenly over all classes, in [0, 1)
 * @param classWeights {@code none}, {@code balanced} (inverse class frequency), or one number per
 *     class, joined by commas, in the order of the class names
 */
public record LossConfig(String spec, double labelSmoothing, String classWeights) {
  /** Refuses values outside their range. */
  public LossConfig {
    spec = Spec.parse(spec).toString();
    Check.that(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "loss.labelSmoothing",
        labelSmoothing,
        "must lie in [0, 1)");
    if (!List.of("none", "balanced").contains(classWeights)) {
      weights(classWeights);
    }
  }

  /**
   * The weights that are given as numbers.
   *
   * @return one per class; empty for {@code none} and {@code balanced}
   */
  public List<Double> givenWeights() {
    return classWeights.equals("none") || classWeights.equals("balanced")
        ? List.of()
        : weights(classWeights);
  }

  private static List<Double> weights(String text) {
    return Arrays.stream(text.split(",", -1)).map(LossConfig::weight).toList();
  }

  private static double weight(String text) {
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidConfig(
          "loss.classWeights holds '"
              + text
              + "': write none, balanced, or one number per class such as 1,2.5,1.",
          e);
    }
    Check.that(
        value >= 0 && Double.isFinite(value), "loss.classWeights", text, "must be 0 or more");
    return value;
  }
}
