package dev.discern.head;

import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear layer on pooled features.
 *
 * @param weight {@code [K, F]}
 * @param bias {@code [K]}
 */
record Linear(Tensor weight, TensorOptional bias) {
  /**
   * Adds {@code weight} and {@code bias} to the store, both drawn uniformly from {@code ±1/√F}, as
   * in PyTorch's linear layer.
   */
  static Linear of(ParameterStore store, int in, int out) {
    double bound = 1 / Math.sqrt(in);
    return new Linear(
        store.uniform("weight", bound, out, in),
        new TensorOptional(store.uniform("bias", bound, out)));
  }

  /** {@code [N, F]} to {@code [N, K]}. */
  Tensor of(Tensor input) {
    return torch.linear(input, weight, bias);
  }
}
