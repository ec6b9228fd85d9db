package discern.loss;

import discern.config.Task;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Binary cross-entropy of several labels an image: {@code Σ_k ln(1 + e^{z_k}) − t_k·z_k}, the
 * negative log-likelihood of the label set with labels independent given the image.
 *
 * <p>Source: standard; Bishop, "Pattern Recognition and Machine Learning" (2006), section 4.3.2.
 *
 * <p>Gradient: {@code ∂L/∂z_k = σ(z_k) − t_k}. The sum over the labels, not their mean, so that a
 * label's gradient does not shrink with their number.
 *
 * <p>Implementation note. {@code ln(1 + e^z)} is {@code logaddexp(z, 0)}, exact on both sides.
 */
public record MultiLabelCrossEntropy() implements Loss {
  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LabelDecisions labels = LabelDecisions.of(logits, targets, "multilabel-bce");
    Tensor z = labels.logits();
    return labels.summed(
        torch.logaddexp(z, torch.zeros_like(z.detach())).sub(labels.carried().mul(z)));
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }

  @Override
  public boolean takesDistributions() {
    return false;
  }
}
