package dev.discern.examples.loss;

import dev.discern.loss.LogProbabilities;
import dev.discern.loss.Loss;
import dev.discern.loss.Targets;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy that stops improving once a sample's loss is below a level, after Ishida et al.,
 * "Do We Need Zero Training Loss After Achieving Zero Training Error?" (ICML 2020), here for each
 * sample: {@code |−ln p_y − b| + b}.
 *
 * @param level b, the loss around which a sample stays
 */
public record FloodedCrossEntropy(double level) implements Loss {
  /**
   * The name under which a run records the loss; with its parameter, so that no two are mixed up.
   */
  @Override
  public String name() {
    return "flooded-ce(level=" + level + ")";
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    Scalar flood = new Scalar(level);
    return lp.weighted(lp.ofTarget().neg().sub(flood).abs().add(flood));
  }
}
