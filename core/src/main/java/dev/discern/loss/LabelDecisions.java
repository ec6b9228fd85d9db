package dev.discern.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a multi-label loss sees it: each label is a separate decision.
 *
 * @param logits {@code [N, K]}, float32 or float64
 * @param carried {@code [N, K]}, of the same dtype: 1 where the image carries the label, else 0
 * @param classWeights {@code [K]}, or null where all labels have the same weight
 */
record LabelDecisions(Tensor logits, Tensor carried, @Nullable Tensor classWeights) {
  /**
   * Checks a batch.
   *
   * @throws IllegalArgumentException if shapes do not match, or the targets have one class per
   *     sample
   */
  static LabelDecisions of(Tensor logits, Targets targets, String loss) {
    Targets.MultiHot sets = Targets.requireMultiHot(targets, loss);
    LogProbabilities.requireShapes(logits, targets);
    Tensor wide = LogProbabilities.widened(logits);
    ScalarType dtype = wide.scalar_type().intern();
    Tensor weights = sets.classWeights();
    return new LabelDecisions(
        wide, sets.carried().to(dtype), weights == null ? null : weights.to(dtype));
  }

  /** Weights the {@code [N, K]} losses of the decisions and sums them per sample: {@code [N]}. */
  Tensor summed(Tensor losses) {
    return (classWeights == null ? losses : losses.mul(classWeights)).sum(1);
  }
}
