package dev.discern.optim;

import dev.discern.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Updates parameters from their gradients. All of the state is named tensors, so a checkpoint is
 * one file and a resumed run continues with identical bits.
 *
 * <p>The engine also has optimizers, but it hides their state behind an archive format and does not
 * expose its fused kernels; the two update rules here take a few lines each (docs/decisions.md).
 */
public sealed interface Optimizer permits Sgd, AdamW {
  /**
   * Updates every parameter that has a gradient.
   *
   * @param lr the learning rate of this step
   */
  void step(double lr);

  /**
   * The state, by parameter name and state name.
   *
   * @return the live tensors
   */
  Map<String, Tensor> state();

  /**
   * Creates state that starts at 0 and outlives the current scope.
   *
   * @param parameter determines shape, dtype and device
   * @return zeros
   */
  static Tensor zerosLike(Tensor parameter) {
    try (Scope scope = new Scope()) {
      return scope.keep(torch.zeros_like(parameter.detach()));
    }
  }

  /**
   * Drops the gradients, so that the next backward pass does not add to them.
   *
   * @param parameters the parameters whose gradients to drop
   */
  static void dropGradients(Iterable<Tensor> parameters) {
    for (Tensor parameter : parameters) {
      parameter.mutable_grad().reset();
    }
  }
}
