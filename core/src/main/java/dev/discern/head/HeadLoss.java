package dev.discern.head;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A head's training loss on a batch.
 *
 * @param logits {@code [N, K]}, float32: what prediction would use, for the training metrics
 * @param perSample {@code [N]}, float32, to be divided by the targets' summed weights
 * @param batchTerms scalars to be added to the batch's mean, by the name they are logged under
 * @param figures scalars that are logged and not added
 */
public record HeadLoss(
    Tensor logits, Tensor perSample, Map<String, Tensor> batchTerms, Map<String, Tensor> figures) {
  /**
   * A loss of samples alone.
   *
   * @param logits {@code [N, K]}
   * @param perSample {@code [N]}
   * @return the loss without batch terms
   */
  public static HeadLoss of(Tensor logits, Tensor perSample) {
    return new HeadLoss(logits, perSample, Map.of(), Map.of());
  }
}
