package dev.discern.layer;

import java.util.List;

/**
 * A part of a network: a value that {@link Interpreter}s run, export, or measure. Leaves carry the
 * full names of their tensors, in PyTorch's dotted form.
 */
public sealed interface Layer
    permits Activation,
        Attention,
        BatchNorm,
        Block,
        ChannelShuffle,
        ChannelSlice,
        ClassToken,
        Concat,
        Conv,
        Dense,
        DropPath,
        Dropout,
        Gate,
        GlobalPool,
        LayerNorm,
        Pool,
        Residual,
        Scale,
        Sequence,
        Subsample,
        Tokens {
  /**
   * Interprets this layer.
   *
   * @param interpreter gives the layer its meaning
   * @param input what the layer receives
   * @param <T> what flows between layers: a tensor, a shape, the name of a value
   * @return what the layer passes on
   */
  <T> T on(Interpreter<T> interpreter, T input);

  /**
   * The layers that this one consists of.
   *
   * @return in the order in which they run; empty for a leaf
   */
  default List<Layer> children() {
    return List.of();
  }

  /**
   * The tensors that this layer owns itself, without its children's.
   *
   * @return in PyTorch's order; empty for a layer without weights
   */
  default List<TensorSpec> tensors() {
    return List.of();
  }
}
