package dev.discern.layer;

import java.util.List;

/**
 * A meaning of layers. Leaves have one method each. Layers made of others are built from the last
 * few methods, so that no interpreter repeats their structure.
 *
 * @param <T> what flows between layers: a tensor, a shape, the name of a value
 */
public interface Interpreter<T> {
  /** Interprets a convolution. */
  T conv(Conv layer, T input);

  /** Interprets a batch normalization. */
  T batchNorm(BatchNorm layer, T input);

  /** Interprets a layer normalization. */
  T layerNorm(LayerNorm layer, T input);

  /** Interprets an activation. */
  T activation(Activation layer, T input);

  /** Interprets a pooling. */
  T pool(Pool layer, T input);

  /** Interprets a global pooling. */
  T globalPool(GlobalPool layer, T input);

  /** Interprets a linear layer. */
  T dense(Dense layer, T input);

  /** Interprets a dropout. */
  T dropout(Dropout layer, T input);

  /** Interprets a stochastic depth. */
  T dropPath(DropPath layer, T input);

  /** Interprets a scaling by channel. */
  T scale(Scale layer, T input);

  /** Interprets a parameter-free shortcut. */
  T subsample(Subsample layer, T input);

  /** Interprets a selection of channels. */
  T slice(ChannelSlice layer, T input);

  /** Interprets a reordering of channels. */
  T shuffle(ChannelShuffle layer, T input);

  /** Interprets the conversion of a map to tokens. */
  T tokens(Tokens layer, T input);

  /** Interprets the selection of the class token. */
  T classToken(ClassToken layer, T input);

  /** Interprets a self-attention. */
  T attention(Attention layer, T input);

  /** Adds two values of one shape. */
  T add(T left, T right);

  /** Multiplies a map by a factor for each channel of each image. */
  T multiply(T map, T factors);

  /** Joins maps along their channels. */
  T concat(List<T> maps);

  /**
   * Marks a value that several layers receive.
   *
   * @param value the value
   * @return the same value, which no layer may overwrite
   */
  default T shared(T value) {
    return value;
  }
}
