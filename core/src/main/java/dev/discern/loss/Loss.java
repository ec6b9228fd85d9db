package dev.discern.loss;

import dev.discern.config.Task;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A training loss on logits: an immutable value without state between calls.
 *
 * <p>Every loss takes class indices and target distributions, or label sets, with or without class
 * weights, or refuses the combination with a sentence that says why.
 */
public interface Loss {
  /**
   * The loss of each sample, never reduced; smaller is better.
   *
   * <p>For label sets it is the sum over the labels' decisions, each times its class weight. For a
   * target distribution {@code t} and class weights {@code w} it is {@code Σ_k w_k t_k L(z, k)};
   * the trainer divides the batch's sum by the sum of {@link Targets#weights()}.
   *
   * @param logits {@code [N, K]}, K ≥ 2, any floating dtype; 16-bit ones are computed in float32
   * @param targets N targets over the same K classes
   * @return {@code [N]}, float32, or float64 if the logits are
   * @throws IllegalArgumentException if shapes do not match, or the targets are of a kind that has
   *     no meaning for this loss
   */
  Tensor perSample(Tensor logits, Targets targets);

  /**
   * How many labels an image has that this loss is for.
   *
   * @return one, unless it takes {@link Targets.MultiHot} and nothing else
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * Whether {@link Targets.Distribution} (label smoothing, mixup) has a meaning for this loss.
   *
   * @return false where the loss needs one right class, or label sets, a sample
   */
  default boolean takesDistributions() {
    return task() == Task.ONE_LABEL;
  }

  /**
   * The same loss among some classes, whose logits alone it is then given.
   *
   * @param classes which of all, in the order of those logits
   * @return this loss, unless it knows something of each class
   */
  default Loss among(List<Integer> classes) {
    return this;
  }

  /**
   * The loss as a function of the true class's probability, where it is one.
   *
   * @return value and gain over {@code ln p_y}; empty for a loss that looks at more than {@code
   *     p_y}
   */
  default Optional<ProbabilityCurve> curve() {
    return Optional.empty();
  }
}
