package dev.discern.head;

import dev.discern.torch.ParameterStore;

/**
 * SphereFace (A-Softmax): cross-entropy on {@code ‖x‖·ψ(θ_y)} and {@code ‖x‖·cos θ_j}, with class
 * weights of length 1; for ψ and λ see {@link MultipliedAngle}.
 *
 * <p>Source: Liu, Wen, Yu, Li, Raj, Song, "SphereFace", arXiv 1704.08063 (2017), equation 7.
 *
 * @param margin m, a whole number of 1 to 8; the authors' value is 4
 * @param mix λ ≥ 0
 */
public record SphereFace(double margin, double mix) implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public SphereFace {
    MultipliedAngle unused = MultipliedAngle.of("sphereface", margin, mix);
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new AngularHead(
        "sphereface",
        store,
        shape,
        new Length.OfFeatures(),
        MultipliedAngle.of("sphereface", margin, mix));
  }
}
