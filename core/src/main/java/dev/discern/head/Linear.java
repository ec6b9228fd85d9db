package dev.discern.head;

import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;

/**
 * A linear layer on pooled features.
 *
 * @param weight {@code [K, F]}
 * @param bias {@code [K]}
 */
record Linear(Tensor weight, Tensor bias) {
  /**
   * Adds {@code weight} and {@code bias} to the store, both drawn uniformly from {@code ±1/√F}, as
   * in PyTorch's linear layer.
   */
  static Linear of(ParameterStore store, int in, int out) {
    double bound = 1 / Math.sqrt(in);
    return new Linear(store.uniform("weight", bound, out, in), store.uniform("bias", bound, out));
  }

  /** {@code [N, F]} to {@code [N, K]}. */
  Tensor of(Tensor input) {
    return on(EngineOperations.ENGINE, input);
  }

  /** {@code [N, F]} to {@code [N, K]}, in any meaning of the operations. */
  <T> T on(Operations<T> operations, T input) {
    return operations.linear(input, weight, bias);
  }
}
