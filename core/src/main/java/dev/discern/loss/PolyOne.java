package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Poly-1: {@code −ln p_y + ε·(1 − p_y)}, cross-entropy with more weight on the first term of its
 * expansion in {@code 1 − p_y}.
 *
 * <p>Source: Leng et al., "PolyLoss", arXiv 2204.12511 (2022), equation 4.
 *
 * <p>Gradient (derived): {@code w(p_y)·(p − onehot(y))} with the gain {@code w(p) = 1 + ε·p}.
 *
 * @param epsilon ε ≥ −1; 0 is cross-entropy; below −1 the loss would push confident samples away
 */
public record PolyOne(double epsilon) implements Loss {
  /**
   * Checks ε.
   *
   * @throws dev.discern.config.InvalidConfig if it is below −1, NaN or infinite
   */
  public PolyOne {
    Check.that(
        epsilon >= -1 && Double.isFinite(epsilon),
        "Parameter epsilon of poly1",
        epsilon,
        "must be a finite number of at least -1");
  }

  @Override
  public String name() {
    return new Spec("poly1", Map.of("epsilon", epsilon)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    Tensor wrong = lp.ofTarget().expm1().neg();
    return lp.weighted(wrong.mul(new Scalar(epsilon)).sub(lp.ofTarget()));
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(
        new ProbabilityCurve(
            lp -> -lp - epsilon * Math.expm1(lp), lp -> 1 + epsilon * Math.exp(lp)));
  }
}
