package dev.discern.api;

import dev.discern.loss.LogProbabilities;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.loss.Targets;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A loss that a user may write: cross-entropy times a factor, so that its results are known. */
record Scaled(double factor) implements Loss {
  @Override
  public String name() {
    return "scaled(factor=" + (long) factor + ")";
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    return lp.weighted(lp.ofTarget().mul(new Scalar(-factor)));
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(new ProbabilityCurve(lp -> -factor * lp, lp -> factor));
  }
}
