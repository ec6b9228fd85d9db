package discern.loss;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * {@code ln p} of a batch, and the reduction that losses of the form {@code L(z, k) = f(ln p_k)}
 * share.
 */
final class LogProbabilities {
  private LogProbabilities() {}

  /** {@code [N, K]} of any floating dtype to {@code ln softmax}, float32 (float64 if given). */
  static Tensor of(Tensor logits, Targets targets) {
    requireShapes(logits, targets);
    ScalarType dtype = logits.scalar_type().intern();
    Tensor wide = dtype == ScalarType.Double ? logits : logits.to(ScalarType.Float);
    return torch.log_softmax(wide, 1);
  }

  /**
   * Reduces per-class losses by the targets.
   *
   * @param logProbabilities {@code [N, K]}
   * @param targets over the same classes
   * @param f maps {@code ln p}, of any shape, to losses of the same shape
   * @return {@code [N]}: {@code Σ_k w_k t_k f(ln p_k)}
   */
  static Tensor reduce(Tensor logProbabilities, Targets targets, UnaryOperator<Tensor> f) {
    if (targets instanceof Targets.Classes classes) {
      return weighted(f.apply(pick(logProbabilities, classes.classes())), classes);
    }
    return mix(f.apply(logProbabilities), (Targets.Distribution) targets);
  }

  /** The column of each sample's class: {@code [N, K] → [N]}. */
  static Tensor pick(Tensor perClass, Tensor classes) {
    return perClass.gather(1, classes.unsqueeze(1)).squeeze(1);
  }

  /** Multiplies each sample by its class's weight, if there are weights. */
  static Tensor weighted(Tensor perSample, Targets.Classes targets) {
    return targets.classWeights() == null
        ? perSample
        : perSample.mul(targets.weights().to(perSample.scalar_type().intern()));
  }

  /** {@code Σ_k w_k t_k L_k}: {@code [N, K] → [N]}. */
  static Tensor mix(Tensor perClass, Targets.Distribution targets) {
    return perClass.mul(targets.weighted().to(perClass.scalar_type().intern())).sum(1);
  }

  private static void requireShapes(Tensor logits, Targets targets) {
    if (logits.dim() != 2 || !logits.is_floating_point() || logits.size(1) < 2) {
      throw new IllegalArgumentException("Logits must be floating, [N, K] with K of 2 or more.");
    }
    if (targets.size() != logits.size(0)) {
      throw new IllegalArgumentException(
          "There are " + logits.size(0) + " rows of logits, but " + targets.size() + " targets.");
    }
    if (targets instanceof Targets.Distribution distribution
        && distribution.probabilities().size(1) != logits.size(1)) {
      throw new IllegalArgumentException(
          "Logits have "
              + logits.size(1)
              + " classes, but the target distribution "
              + distribution.probabilities().size(1)
              + ".");
    }
    Tensor weights = targets.classWeights();
    if (weights != null && (weights.dim() != 1 || weights.size(0) != logits.size(1))) {
      throw new IllegalArgumentException(
          "Class weights must be [" + logits.size(1) + "], one a class.");
    }
  }
}
