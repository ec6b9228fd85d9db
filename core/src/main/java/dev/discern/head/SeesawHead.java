package dev.discern.head;

import dev.discern.loss.Loss;
import dev.discern.loss.Seesaw;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer trained by {@link Seesaw}, with the number of training images per class.
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
        store, shape.featureCount(), shape.classCount(), withCounts(shape.classCounts()));
  }

  @Override
  public Optional<Loss> onLogits(List<Long> classCounts) {
    return Optional.of(withCounts(classCounts));
  }

  private Seesaw withCounts(List<Long> classCounts) {
    return new Seesaw(mitigation, compensation, classCounts);
  }
}
