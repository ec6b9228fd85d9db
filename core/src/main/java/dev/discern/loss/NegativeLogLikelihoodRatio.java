package dev.discern.loss;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Negative log-likelihood ratio (NLLR), the true class against all others together: {@code −ln p_y
 * + ln Σ_{i≠y} p_i}, which is {@code −z_y + logsumexp_{j≠y} z_j}.
 *
 * <p>Source: Zhu, Yao, Jiang, Yu, arXiv 1804.10690 (2018). The equation is known exactly.
 *
 * <p>The loss is unbounded below and changes sign at {@code p_y} = 0.5. Gradient: {@code ∂L/∂z_y =
 * −1} always and {@code ∂L/∂z_j = p_j / (1 − p_y)}, so the gradient never vanishes, however well a
 * sample is classified. Training may need a small learning rate and gradient clipping to stay
 * finite.
 */
public record NegativeLogLikelihoodRatio() implements Loss {
  @Override
  public String name() {
    return "nllr";
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    return lp.weighted(lp.ofRivals().sub(lp.ofTarget()));
  }

  // w(p) = 1 / (1 − p): unbounded as the classifier becomes confident.
  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(
        new ProbabilityCurve(lp -> Math.log(-Math.expm1(lp)) - lp, lp -> 1 / -Math.expm1(lp)));
  }
}
