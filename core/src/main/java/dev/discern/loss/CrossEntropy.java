package dev.discern.loss;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy, the negative log-likelihood of the true class: {@code −ln p_y}.
 *
 * <p>Label smoothing is part of the targets, so it works with every loss that accepts
 * distributions: see {@link Targets.Classes#smoothed}.
 *
 * <p>Gradient: {@code ∂L/∂z = p − onehot(y)}.
 */
public record CrossEntropy() implements Loss {
  @Override
  public String name() {
    return "ce";
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    return lp.weighted(lp.ofTarget().neg());
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(new ProbabilityCurve(lp -> -lp, lp -> 1));
  }
}
