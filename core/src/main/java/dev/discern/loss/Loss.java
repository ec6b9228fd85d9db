package dev.discern.loss;

import dev.discern.config.Task;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A training loss on logits: an immutable value that keeps no state between calls.
 *
 * <p>A loss accepts class indices and target distributions, or label sets, with or without class
 * weights. It rejects a combination that it does not support with a message that says why.
 */
public interface Loss {
  /**
   * The loss of each sample, never reduced; smaller is better.
   *
   * <p>For label sets it is the sum over the label decisions, each times its class weight. For a
   * target distribution {@code t} and class weights {@code w} it is {@code Σ_k w_k t_k L(z, k)};
   * the trainer divides the batch's sum by the sum of {@link Targets#weights()}.
   *
   * @param logits {@code [N, K]}, K ≥ 2, any floating-point dtype; 16-bit logits are computed in
   *     float32
   * @param targets N targets over the same K classes
   * @return {@code [N]}, float32, or float64 if the logits are
   * @throws IllegalArgumentException if shapes do not match, or the loss does not support this kind
   *     of targets
   */
  Tensor perSample(Tensor logits, Targets targets);

  /**
   * The name under which runs record this loss: the spelling of the catalogue, or a name of the
   * user's own, with all its parameters, such as {@code margin(m=2)}.
   *
   * @return the name, or an empty string for a loss that is named where it is used
   */
  default String name() {
    return "";
  }

  /**
   * The task this loss is for: how many labels an image has.
   *
   * @return one label, unless the loss accepts {@link Targets.MultiHot} only
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * Whether this loss supports {@link Targets.Distribution} (label smoothing, mixup).
   *
   * @return false where the loss needs one true class or one label set per sample
   */
  default boolean takesDistributions() {
    return task() == Task.ONE_LABEL;
  }

  /**
   * The same loss restricted to some classes; it then receives the logits of these classes only.
   *
   * @param classes indices of these classes, in the order of the logits
   * @return this loss, unless it holds per-class values
   */
  default Loss among(List<Integer> classes) {
    return this;
  }

  /**
   * The loss as a function of the probability of the true class, if it is one.
   *
   * @return value and gain over {@code ln p_y}; empty if the loss depends on more than {@code p_y}
   */
  default Optional<ProbabilityCurve> curve() {
    return Optional.empty();
  }
}
