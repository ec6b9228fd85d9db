package dev.discern.runtime;

import dev.discern.certainty.Conformity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The description of a model.
 *
 * @param task what the probabilities mean
 * @param classes the names, in the order of the outputs
 * @param classIds an identifier for each class, such as WordNet's; or empty
 * @param input how images become inputs
 * @param architecture the network's name, such as {@code resnet50}
 * @param method what it was trained with, such as {@code ce}
 * @param temperature what its logits are divided by for calibrated probabilities
 * @param conformity the scores of calibration images, from which prediction sets follow; empty if
 *     the model has none
 * @param provenance where the model comes from: facts by name
 */
public record Card(
    Task task,
    List<String> classes,
    List<String> classIds,
    Input input,
    String architecture,
    String method,
    double temperature,
    Optional<Conformity> conformity,
    Map<String, String> provenance) {
  private static final int MOST_SIDE = 4096;

  /** What the probabilities mean. */
  public enum Task {
    /** An image has exactly one class: the probabilities sum to 1. */
    ONE_LABEL,
    /** An image has any number of classes: each probability is independent of the others. */
    SEVERAL_LABELS
  }

  /** The filter for scaling, with antialiasing. */
  public enum Interpolation {
    /** A triangle filter. */
    BILINEAR,
    /** A cubic filter with a = −0.5. */
    BICUBIC
  }

  /**
   * How images become inputs: they are scaled, then cropped around the center.
   *
   * @param channels 1 (gray) or 3 (red, green, blue)
   * @param height rows after cropping, 1 to 4096
   * @param width columns after cropping, 1 to 4096
   * @param cropRatio the share of the scaled image that is kept along each side, in [0.1, 1]
   * @param interpolation the filter for scaling
   */
  public record Input(
      int channels, int height, int width, double cropRatio, Interpolation interpolation) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Input {
      require(channels == 1 || channels == 3, "it has neither 1 nor 3 channels");
      require(height >= 1 && height <= MOST_SIDE, "the height of its input is out of range");
      require(width >= 1 && width <= MOST_SIDE, "the width of its input is out of range");
      require(cropRatio >= 0.1 && cropRatio <= 1, "its crop ratio is out of range");
    }
  }

  /**
   * Keeps unmodifiable copies.
   *
   * @throws IllegalArgumentException if there are too few classes, or not one identifier for each
   */
  public Card {
    classes = List.copyOf(classes);
    classIds = List.copyOf(classIds);
    provenance = Map.copyOf(provenance);
    require(classes.size() >= (task == Task.ONE_LABEL ? 2 : 1), "it has too few classes");
    require(
        classIds.isEmpty() || classIds.size() == classes.size(),
        "its classes have not one identifier each");
    require(
        classes.stream().distinct().count() == classes.size(), "two of its classes have one name");
    require(Double.isFinite(temperature) && temperature > 0, "its temperature is not above 0");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
