package dev.discern.head;

import dev.discern.config.Task;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Optional;

/** A training method before it knows its network: an immutable value that builds its head. */
public interface HeadFactory {
  /**
   * Builds the head.
   *
   * @param store receives its parameters
   * @param shape features and classes
   * @return the head
   */
  Head build(ParameterStore store, HeadShape shape);

  /**
   * How many labels an image has that this method is for.
   *
   * @return one, or any number
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * Whether mixed and smoothed targets have a meaning for this method.
   *
   * @return false where it needs one right class a sample
   */
  default boolean takesDistributions() {
    return false;
  }

  /**
   * Whether the method looks at pairs within a batch, so that every batch should hold several
   * images of each of its classes.
   *
   * @return true to ask for the class-balanced sampler
   */
  default boolean wantsClassBalance() {
    return false;
  }

  /**
   * The loss on logits that this method is, if it owns no more than them.
   *
   * @param classCounts training images of each class, where it must know them
   * @return the loss, or empty for a method with parameters or terms of its own
   */
  default Optional<Loss> onLogits(List<Long> classCounts) {
    return Optional.empty();
  }

  /**
   * The loss over the true class's probability, where it is a function of it alone.
   *
   * @return value and gain over {@code ln p_y}
   */
  default Optional<ProbabilityCurve> curve() {
    return Optional.empty();
  }
}
