package dev.discern.optim;

import dev.discern.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Updates parameters from their gradients. All of its state is named tensors, so a checkpoint is
 * one file and a resumed run continues bit by bit.
 *
 * <p>The engine has optimizers too, but hides their state behind an archive format and does not
 * expose its fused kernels; the two rules here are a few lines each (docs/decisions.md).
 */
public sealed interface Optimizer permits Sgd, AdamW {
  /**
   * Updates every parameter that has a gradient.
   *
   * @param lr the learning rate of this step
   */
  void step(double lr);

  /**
   * The state, by the parameter's name and the state's.
   *
   * @return the live tensors
   */
  Map<String, Tensor> state();

  /**
   * State that starts at 0, without a scope of its own.
   *
   * @param parameter gives shape, dtype and device
   * @return zeros
   */
  static Tensor zerosLike(Tensor parameter) {
    try (Scope scope = new Scope()) {
      return scope.keep(torch.zeros_like(parameter.detach()));
    }
  }

  /**
   * Drops the gradients, so that the next backward pass starts anew.
   *
   * @param parameters whose
   */
  static void dropGradients(Iterable<Tensor> parameters) {
    for (Tensor parameter : parameters) {
      parameter.mutable_grad().reset();
    }
  }
}
