package discern.loss;

import discern.config.Check;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Soft-margin softmax: cross-entropy after {@code m} is taken from the true class's logit. Nothing
 * is taken in prediction.
 *
 * <p>Source: Liang, Wang, Lei, Liao, Li, "Soft-margin softmax for deep classification", ICONIP
 * 2017; used by Wang et al., arXiv 1805.03922 (2018).
 *
 * <p>Gradient: {@code q − onehot(y)} with {@code q = softmax(z − m·onehot(y))}.
 *
 * @param margin m ≥ 0, in logits; 0 is cross-entropy
 */
public record SoftMargin(double margin) implements Loss {
  /**
   * Checks the margin.
   *
   * @throws discern.config.InvalidConfig if it is negative, NaN or infinite
   */
  public SoftMargin {
    Check.nonNegative("soft-margin", "margin", margin);
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
  public boolean takesDistributions() {
    return false;
  }
}
