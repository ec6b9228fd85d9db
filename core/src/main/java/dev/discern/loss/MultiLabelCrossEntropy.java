package dev.discern.loss;

import dev.discern.config.Task;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Binary cross-entropy for several labels per image: {@code Σ_k ln(1 + e^{z_k}) − t_k·z_k}, the
 * negative log-likelihood of the label set, with labels independent given the image.
 *
 * <p>Source: standard; Bishop, "Pattern Recognition and Machine Learning" (2006), section 4.3.2.
 *
 * <p>Gradient: {@code ∂L/∂z_k = σ(z_k) − t_k}. The loss is the sum over the labels, not their mean,
 * so a label's gradient does not shrink with the number of labels.
 *
 * <p>Implementation note. Computed as {@code logaddexp((1 − 2t)·z, 0)}, so nothing cancels where a
 * true label is nearly certain.
 */
public record MultiLabelCrossEntropy() implements Loss {
  @Override
  public String name() {
    return "multilabel-bce";
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LabelDecisions labels = LabelDecisions.of(logits, targets, "multilabel-bce");
    Tensor sign = labels.carried().mul(new Scalar(-2.0)).add(new Scalar(1.0));
    Tensor against = labels.logits().mul(sign);
    return labels.summed(torch.logaddexp(against, torch.zeros_like(against.detach())));
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }
}
