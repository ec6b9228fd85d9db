package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Complement cross-entropy: {@code −ln p_y + γ/(K−1)·Σ_{j≠y} −q_j·ln q_j} with {@code q_j = p_j/(1
 * − p_y)}. A negative γ raises the entropy among the wrong classes.
 *
 * <p>Source: Kim, Lee, Jeong, "Imbalanced image classification with complement cross entropy",
 * arXiv 2009.02189 (2020), after Chen et al., "Complement objective training", arXiv 1903.01182
 * (2019).
 *
 * <p>Implementation notes. {@code ln q_j = ln p_j − ln Σ_{i≠y} p_i}, where the sum runs over the
 * wrong classes only, so it keeps full precision where p_y is near 1.
 *
 * @param gamma γ; the authors' value is −1; 0 is cross-entropy
 */
public record ComplementCrossEntropy(double gamma) implements Loss {
  /**
   * Checks γ.
   *
   * @throws dev.discern.config.InvalidConfig if it is NaN or infinite
   */
  public ComplementCrossEntropy {
    Check.that(Double.isFinite(gamma), "Parameter gamma of complement-ce", gamma, "must be finite");
  }

  @Override
  public String name() {
    return new Spec("complement-ce", Map.of("gamma", gamma)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    Targets.Classes classes = Targets.requireClasses(targets, "complement-ce");
    LogProbabilities lp = LogProbabilities.of(logits, classes);
    Tensor index = classes.classes().unsqueeze(1);
    Tensor relative = lp.all().sub(lp.ofRivals().unsqueeze(1));
    // Excludes the true class: e^−∞ is 0, and the finite second factor avoids 0·(−∞).
    Tensor q = relative.scatter(1, index, new Scalar(Double.NEGATIVE_INFINITY)).exp();
    Tensor entropy = q.mul(relative.scatter(1, index, new Scalar(0.0))).sum(1).neg();
    double factor = gamma / (logits.size(1) - 1);
    return lp.weighted(entropy.mul(new Scalar(factor)).sub(lp.ofTarget()));
  }

  @Override
  public boolean takesDistributions() {
    return false;
  }
}
