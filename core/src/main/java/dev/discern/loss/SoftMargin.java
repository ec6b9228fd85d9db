package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Soft-margin softmax: cross-entropy after {@code m} is subtracted from the logit of the true
 * class. Prediction uses the logits unchanged.
 *
 * <p>Source: Liang, Wang, Lei, Liao, Li, "Soft-margin softmax for deep classification", ICONIP
 * 2017; used by Wang et al., arXiv 1805.03922 (2018).
 *
 * <p>Gradient (derived): {@code q − onehot(y)} with {@code q = softmax(z − m·onehot(y))}. As {@code
 * q_j = p_j / D} for the wrong classes and {@code 1 − q_y = (1 − p_y) / D}, {@code D = 1 − p_y +
 * p_y·e^−m}, this is {@code w(p_y)·(p − onehot(y))} with the gain {@code w = 1 / D}, from 1 at p =
 * 0 to {@code e^m} at p = 1: the margin does not change the direction of cross-entropy's gradient,
 * only its length.
 *
 * @param margin m ≥ 0, in logits; 0 is cross-entropy
 */
public record SoftMargin(double margin) implements Loss {
  /**
   * Checks the margin.
   *
   * @throws dev.discern.config.InvalidConfig if it is negative, NaN or infinite
   */
  public SoftMargin {
    Check.nonNegative("soft-margin", "margin", margin);
  }

  @Override
  public String name() {
    return new Spec("soft-margin", Map.of("margin", margin)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    Targets.Classes classes = Targets.requireClasses(targets, "soft-margin");
    LogProbabilities.requireMatch(logits, classes);
    Tensor wide = LogProbabilities.widened(logits);
    Tensor index = classes.classes().unsqueeze(1);
    Tensor margins = torch.zeros_like(wide.detach()).scatter(1, index, new Scalar(margin));
    LogProbabilities lp = LogProbabilities.of(wide.sub(margins), classes);
    return lp.weighted(lp.ofTarget().neg());
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(
        new ProbabilityCurve(lp -> margin - lp + Math.log(share(lp)), lp -> 1 / share(lp)));
  }

  // D = 1 − p + p·e^−m, without the cancellation of 1 + p·(e^−m − 1) at p = 1.
  private double share(double lp) {
    return Math.exp(lp - margin) - Math.expm1(lp);
  }

  @Override
  public boolean takesDistributions() {
    return false;
  }
}
