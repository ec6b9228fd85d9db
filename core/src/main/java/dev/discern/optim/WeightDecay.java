package dev.discern.optim;

import org.bytedeco.pytorch.Tensor;

/**
 * The weight decay, and the parameters to which it applies.
 *
 * @param factor the decay
 * @param normsAndBiases whether one-dimensional parameters (norms and biases) decay too
 */
public record WeightDecay(double factor, boolean normsAndBiases) {
  /**
   * Returns the decay of a parameter.
   *
   * @param parameter the parameter
   * @return the factor, or 0 if the parameter does not decay
   */
  double of(Tensor parameter) {
    return parameter.dim() > 1 || normsAndBiases ? factor : 0;
  }
}
