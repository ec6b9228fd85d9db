package dev.discern.head;

import dev.discern.loss.Targets;
import org.bytedeco.pytorch.Tensor;

/** The part of a network that maps features to logits, with the loss that trains it. */
public interface Head {
  /**
   * The logits for prediction.
   *
   * @param features the features of a batch
   * @return {@code [N, K]}, float32
   */
  Tensor logits(Features features);

  /**
   * The training loss.
   *
   * @param features the features of a batch
   * @param targets the true labels of the batch
   * @return the per-sample loss and the batch terms
   */
  HeadLoss loss(Features features, Targets targets);
}
