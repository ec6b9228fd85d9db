package dev.discern.card;

import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.view.View;
import dev.discern.view.Views;

/**
 * The steps from an image of any size to a network's input: scaling, cropping around the center,
 * normalization.
 *
 * @param shape channels, height and width of the network's input; sides of at most {@link
 *     #MAX_SIDE}
 * @param cropRatio side of the central crop over the scaled image's shorter side, in (0, 1]
 * @param interpolation the filter for scaling
 * @param normalization mean and standard deviation of each channel, finite
 * @param testFlip whether the network's probabilities are means over an image and its mirror image
 */
public record Preprocessing(
    ImageShape shape,
    double cropRatio,
    Interpolation interpolation,
    Normalization normalization,
    boolean testFlip) {
  /** The longest side of a network's input, in pixels. */
  public static final int MAX_SIDE = 4096;

  /** Refuses values with which no network can be trained. */
  public Preprocessing {
    require(
        shape.height() <= MAX_SIDE && shape.width() <= MAX_SIDE, "the image shape is too large");
    require(cropRatio > 0 && cropRatio <= 1, "the crop ratio is not in (0, 1]");
    require(
        normalization.mean().length == shape.channels(),
        "the normalization is not of as many channels as the images");
    for (int c = 0; c < shape.channels(); c++) {
      require(
          Float.isFinite(normalization.mean()[c]) && Float.isFinite(normalization.std()[c]),
          "the normalization is not finite");
    }
  }

  /**
   * Steps without mirror images.
   *
   * @param shape channels, height and width of the network's input
   * @param cropRatio side of the central crop over the scaled image's shorter side, in (0, 1]
   * @param interpolation the filter for scaling
   * @param normalization mean and standard deviation of each channel, finite
   */
  public Preprocessing(
      ImageShape shape,
      double cropRatio,
      Interpolation interpolation,
      Normalization normalization) {
    this(shape, cropRatio, interpolation, normalization, false);
  }

  /**
   * The view of an image for inference.
   *
   * @return the view
   */
  public View view() {
    return Views.evaluation(shape, interpolation, cropRatio);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
