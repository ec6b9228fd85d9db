package dev.discern.optim;

import org.bytedeco.pytorch.Tensor;

/**
 * Which parameters decay, and how much.
 *
 * @param factor the decay
 * @param normsAndBiases whether one-dimensional parameters (norms and biases) decay too
 */
public record WeightDecay(double factor, boolean normsAndBiases) {
  /**
   * The decay of one parameter.
   *
   * @param parameter which
   * @return the factor, or 0 where it is spared
   */
  double of(Tensor parameter) {
    return parameter.dim() > 1 || normsAndBiases ? factor : 0;
  }
}
