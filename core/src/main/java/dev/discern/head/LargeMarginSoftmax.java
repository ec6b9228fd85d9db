package dev.discern.head;

import dev.discern.torch.ParameterStore;

/**
 * L-Softmax: cross-entropy on {@code ‖W_y‖·‖x‖·ψ(θ_y)} and {@code ‖W_j‖·‖x‖·cos θ_j}; for ψ and λ
 * see {@link MultipliedAngle}.
 *
 * <p>Source: Liu, Wen, Yu, Yang, "Large-margin softmax loss for convolutional neural networks",
 * arXiv 1612.02295 (2016), equation 4.
 *
 * @param margin m, a whole number of 1 to 8; the authors' value is 4
 * @param mix λ ≥ 0
 */
public record LargeMarginSoftmax(double margin, double mix) implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public LargeMarginSoftmax {
    MultipliedAngle unused = MultipliedAngle.of("l-softmax", margin, mix);
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new AngularHead(
        "l-softmax",
        store,
        shape,
        new Length.OfBoth(),
        MultipliedAngle.of("l-softmax", margin, mix));
  }
}
