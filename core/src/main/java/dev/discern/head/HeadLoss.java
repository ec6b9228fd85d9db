package dev.discern.head;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The training loss of a head on a batch.
 *
 * @param logits {@code [N, K]}, float32: the logits that prediction would use, for the training
 *     metrics
 * @param perSample {@code [N]}, float32, to be divided by the sum of the target weights
 * @param batchTerms scalars to add to the batch mean, by the name under which they are logged
 * @param figures scalars that are logged but not added
 */
public record HeadLoss(
    Tensor logits, Tensor perSample, Map<String, Tensor> batchTerms, Map<String, Tensor> figures) {
  /**
   * Wraps a per-sample loss.
   *
   * @param logits {@code [N, K]}
   * @param perSample {@code [N]}
   * @return the loss, without batch terms
   */
  public static HeadLoss of(Tensor logits, Tensor perSample) {
    return new HeadLoss(logits, perSample, Map.of(), Map.of());
  }
}
