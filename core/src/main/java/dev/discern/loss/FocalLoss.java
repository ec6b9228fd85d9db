package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Focal loss on softmax probabilities: {@code −(1 − p_y)^γ·ln p_y}.
 *
 * <p>Source: Lin, Goyal, Girshick, He, Dollár, "Focal Loss for Dense Object Detection", arXiv
 * 1708.02002 (2017), equation 4, with a softmax in place of the sigmoid.
 *
 * <p>Gradient (derived): {@code w(p_y)·(p − onehot(y))} with the gain {@code w(p) = (1 − p)^γ −
 * γ·p·(1 − p)^{γ−1}·ln p}.
 *
 * <p>Implementation notes. For γ ≥ 1 the modulating factor is a power of {@code −expm1(ln p_y)}.
 * For γ below 1 the slope of that power is infinite at p_y = 1, so the factor is {@code exp(γ·ln
 * Σ_{i≠y} p_i)} instead.
 *
 * @param gamma γ ≥ 0; 0 is cross-entropy; the authors' value is 2
 */
public record FocalLoss(double gamma) implements Loss {
  /**
   * Checks γ.
   *
   * @throws dev.discern.config.InvalidConfig if it is negative, NaN or infinite
   */
  public FocalLoss {
    Check.nonNegative("focal", "gamma", gamma);
  }

  @Override
  public String name() {
    return new Spec("focal", Map.of("gamma", gamma)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    Tensor crossEntropy = lp.ofTarget().neg();
    return lp.weighted(gamma == 0 ? crossEntropy : crossEntropy.mul(factor(lp)));
  }

  private Tensor factor(LogProbabilities lp) {
    return gamma < 1
        ? lp.ofRivals().mul(new Scalar(gamma)).exp()
        : lp.ofTarget().expm1().neg().pow(new Scalar(gamma));
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(
        new ProbabilityCurve(lp -> -Math.pow(-Math.expm1(lp), gamma) * lp, this::gain));
  }

  private double gain(double lp) {
    if (gamma == 0) {
      return 1;
    }
    double wrong = -Math.expm1(lp);
    return wrong == 0
        ? 0
        : Math.pow(wrong, gamma) - gamma * Math.exp(lp) * Math.pow(wrong, gamma - 1) * lp;
  }
}
