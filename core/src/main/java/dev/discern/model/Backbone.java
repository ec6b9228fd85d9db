package dev.discern.model;

import org.bytedeco.pytorch.Tensor;

/** Images to a map of features; the head pools and classifies it. */
public interface Backbone {
  /**
   * Runs the network up to its last feature map.
   *
   * @param images {@code [N, C, H, W]}, float32, normalised
   * @param training whether normalisation uses, and updates statistics by, this batch
   * @return {@code [N, featureCount, h, w]}, in the dtype of the surrounding precision
   */
  Tensor forward(Tensor images, boolean training);

  /**
   * How many activations a training step keeps for its backward pass.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @return values per image
   */
  long activations(int height, int width);

  /**
   * The channels of the feature map.
   *
   * @return the width of the last stage
   */
  int featureCount();
}
