package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * LogitNorm: cross-entropy on {@code z / (T·(‖z‖₂ + 1e-7))}, so that a network cannot lower the
 * loss by making its logits longer.
 *
 * <p>Source: Wei, Xie, Cheng, Feng, An, Li, "Mitigating neural network overconfidence with logit
 * normalization", arXiv 2205.09310 (2022), equation 5.
 *
 * @param temperature T above 0; the authors' value is 0.04
 */
public record LogitNorm(double temperature) implements Loss {
  private static final double GUARD = 1e-7;

  /**
   * Checks T.
   *
   * @throws dev.discern.config.InvalidConfig if it is not a finite number above 0
   */
  public LogitNorm {
    Check.positive("logit-norm", "temperature", temperature);
  }

  @Override
  public String name() {
    return new Spec("logit-norm", Map.of("temperature", temperature)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities.requireMatch(logits, targets);
    Tensor wide = LogProbabilities.widened(logits);
    Tensor length = wide.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
    Tensor divisor = length.add(new Scalar(GUARD)).mul(new Scalar(temperature));
    LogProbabilities lp = LogProbabilities.of(wide.div(divisor), targets);
    return lp.weighted(lp.ofTarget().neg());
  }
}
