package dev.discern.head;

import dev.discern.loss.Loss;
import dev.discern.loss.Seesaw;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Optional;

/**
 * Trains a linear layer by {@link Seesaw}, which is told how many training images each class has.
 *
 * @param mitigation p ≥ 0
 * @param compensation q ≥ 0
 */
public record SeesawHead(double mitigation, double compensation) implements HeadFactory {
  /**
   * Checks the exponents.
   *
   * @throws dev.discern.config.InvalidConfig if one is negative, NaN or infinite
   */
  public SeesawHead {
    Seesaw unused = new Seesaw(mitigation, compensation, List.of());
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new LinearHead(
        store, shape.featureCount(), shape.classCount(), told(shape.classCounts()));
  }

  @Override
  public Optional<Loss> onLogits(List<Long> classCounts) {
    return Optional.of(told(classCounts));
  }

  private Seesaw told(List<Long> classCounts) {
    return new Seesaw(mitigation, compensation, classCounts);
  }
}
