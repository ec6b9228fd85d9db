package discern.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The negative log-likelihood ratio (Zhu, Yao, Jiang, Yu, arXiv 1804.10690): {@code −ln p_y + ln
 * Σ_{i≠y} p_i}.
 *
 * <p>Unbounded below, and its gradient never vanishes: {@code ∂L/∂z_y = −1} always. It may diverge
 * where cross-entropy does not; small learning rates and gradient clipping help.
 */
public record NegativeLogLikelihoodRatio() implements Loss {
  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    return ratio(LogProbabilities.of(logits, targets), targets, 1);
  }

  /** {@code −ln p_k + β·ln Σ_{i≠k} p_i}, reduced by the targets: {@code [N, K] → [N]}. */
  static Tensor ratio(Tensor logProbabilities, Targets targets, double beta) {
    Scalar factor = new Scalar(beta);
    if (targets instanceof Targets.Classes classes) {
      Tensor right = LogProbabilities.pick(logProbabilities, classes.classes());
      Tensor rivals = CompetingMass.ofClasses(logProbabilities, classes.classes());
      return LogProbabilities.weighted(rivals.mul(factor).sub(right), classes);
    }
    Tensor rivals = CompetingMass.ofAll(logProbabilities);
    return LogProbabilities.mix(
        rivals.mul(factor).sub(logProbabilities), (Targets.Distribution) targets);
  }
}
