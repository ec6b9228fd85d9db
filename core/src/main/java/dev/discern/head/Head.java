package dev.discern.head;

import dev.discern.loss.Targets;
import org.bytedeco.pytorch.Tensor;

/** Features to logits, and the loss that trains them. */
public interface Head {
  /**
   * The logits that predict.
   *
   * @param features of a batch
   * @return {@code [N, K]}, float32
   */
  Tensor logits(Features features);

  /**
   * The loss that trains.
   *
   * @param features of a batch
   * @param targets what its samples are
   * @return per-sample loss and batch terms
   */
  HeadLoss loss(Features features, Targets targets);
}
