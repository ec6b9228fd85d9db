package dev.discern.head;

import dev.discern.config.Task;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Optional;

/**
 * A training method that is not yet attached to a network: an immutable value that builds the head.
 */
public interface HeadFactory {
  /**
   * Builds the head.
   *
   * @param store receives the parameters of the head
   * @param shape the numbers of features and classes
   * @return the head
   */
  Head build(ParameterStore store, HeadShape shape);

  /**
   * The task this method is for: how many labels an image has.
   *
   * @return one label or any number of labels
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * Whether this method supports mixed and smoothed targets.
   *
   * @return false where it needs one true class per sample
   */
  default boolean takesDistributions() {
    return false;
  }

  /**
   * Whether the method compares pairs within a batch, so that every batch should contain several
   * images of each of its classes.
   *
   * @return true to ask for the class-balanced sampler
   */
  default boolean wantsClassBalance() {
    return false;
  }

  /**
   * This method as a loss on logits, if it uses nothing but logits.
   *
   * @param classCounts training images per class, for losses that depend on them
   * @return the loss, or empty for a method with additional parameters or terms
   */
  default Optional<Loss> onLogits(List<Long> classCounts) {
    return Optional.empty();
  }

  /**
   * Whether prediction is a linear layer on the pooled features, {@code fc}, and nothing else.
   *
   * @return true if another library's linear classifier can hold it
   */
  default boolean predictsLinearly() {
    return onLogits(List.of()).isPresent();
  }

  /**
   * The loss as a function of the probability of the true class, if it depends on nothing else.
   *
   * @return the value and the gain as functions of {@code ln p_y}, or empty
   */
  default Optional<ProbabilityCurve> curve() {
    return Optional.empty();
  }
}
