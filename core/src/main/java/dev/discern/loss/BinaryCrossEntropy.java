package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Binary cross-entropy for classification: the mean over the classes of {@code ln(1 + e^{z_k}) −
 * t_k·z_k} with smoothed targets {@code t = (1 − ε)·onehot(y) + ε/K}.
 *
 * <p>Source: Beyer et al., arXiv 2006.07159 (2020); Wightman, Touvron, Jégou, "ResNet strikes
 * back", arXiv 2110.00476 (2021).
 *
 * <p>Gradient: {@code ∂L/∂z_k = (σ(z_k) − t_k) / K}.
 *
 * <p>Implementation notes. The loss is linear in t, so the loss of a target distribution is the
 * weighted sum of the per-class losses, as for every other loss here. {@code ln(1 + e^z)} is {@code
 * logaddexp(z, 0)}, which is exact for both signs of z.
 *
 * @param smoothing ε in [0, 1)
 */
public record BinaryCrossEntropy(double smoothing) implements Loss {
  /**
   * Checks ε.
   *
   * @throws dev.discern.config.InvalidConfig if it is outside [0, 1)
   */
  public BinaryCrossEntropy {
    Check.that(
        smoothing >= 0 && smoothing < 1,
        "Parameter smoothing of bce",
        smoothing,
        "must be in [0, 1)");
  }

  @Override
  public String name() {
    return new Spec("bce", Map.of("smoothing", smoothing)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    Tensor wide = LogProbabilities.widened(logits);
    Tensor base =
        torch
            .logaddexp(wide, torch.zeros_like(wide.detach()))
            .sub(wide.mul(new Scalar(smoothing / logits.size(1))))
            .mean(1);
    double share = (1 - smoothing) / logits.size(1);
    return lp.weighted(lp.each(base).sub(lp.asked(wide), new Scalar(share)));
  }
}
