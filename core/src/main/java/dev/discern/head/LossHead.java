package dev.discern.head;

import dev.discern.config.Task;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer trained by a loss on its logits: the standard case.
 *
 * @param loss the loss
 */
public record LossHead(Loss loss) implements HeadFactory {
  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new LinearHead(store, shape.featureCount(), shape.classCount(), loss);
  }

  @Override
  public Task task() {
    return loss.task();
  }

  @Override
  public boolean takesDistributions() {
    return loss.takesDistributions();
  }

  @Override
  public Optional<Loss> onLogits(List<Long> classCounts) {
    return Optional.of(loss);
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return loss.curve();
  }
}
