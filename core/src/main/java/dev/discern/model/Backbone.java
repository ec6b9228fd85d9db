package dev.discern.model;

import org.bytedeco.pytorch.Tensor;

/** The part of a network that maps images to a feature map, which the head pools and classifies. */
public interface Backbone {
  /**
   * Runs the network up to its last feature map.
   *
   * @param images {@code [N, C, H, W]}, float32, normalized
   * @param training whether normalization uses the statistics of this batch and updates the running
   *     statistics
   * @return {@code [N, featureCount, h, w]}, in the dtype of the surrounding precision
   */
  Tensor forward(Tensor images, boolean training);

  /**
   * The number of activations that a training step keeps for the backward pass.
   *
   * @param height the rows of an image
   * @param width the columns of an image
   * @return the number of values per image
   */
  long activations(int height, int width);

  /**
   * The number of channels of the feature map.
   *
   * @return the width of the last stage
   */
  int featureCount();
}
