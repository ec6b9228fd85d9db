package dev.discern.layer;

import java.util.List;

/**
 * A meaning of layers. Leaves have one method each. Layers made of others are built from the last
 * few methods, so that no interpreter repeats their structure.
 *
 * @param <T> what flows between layers: a tensor, a shape, the name of a value
 */
public interface Interpreter<T> {
  /**
   * Interprets a convolution.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T conv(Conv layer, T input);

  /**
   * Interprets a batch normalization.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T batchNorm(BatchNorm layer, T input);

  /**
   * Interprets a layer normalization.
   *
   * @param layer the layer
   * @param input a map or tokens
   * @return what the input is
   */
  T layerNorm(LayerNorm layer, T input);

  /**
   * Interprets an activation.
   *
   * @param layer the layer
   * @param input a map or tokens
   * @return what the input is
   */
  T activation(Activation layer, T input);

  /**
   * Interprets a pooling.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T pool(Pool layer, T input);

  /**
   * Interprets a global pooling.
   *
   * @param layer the layer
   * @param input a map
   * @return a map of one pixel
   */
  T globalPool(GlobalPool layer, T input);

  /**
   * Interprets a linear layer.
   *
   * @param layer the layer
   * @param input a map or tokens
   * @return what the input is
   */
  T dense(Dense layer, T input);

  /**
   * Interprets a dropout.
   *
   * @param layer the layer
   * @param input a map or tokens
   * @return what the input is
   */
  T dropout(Dropout layer, T input);

  /**
   * Interprets a stochastic depth.
   *
   * @param layer the layer
   * @param input a map or tokens
   * @return what the input is
   */
  T dropPath(DropPath layer, T input);

  /**
   * Interprets a scaling by channel.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T scale(Scale layer, T input);

  /**
   * Interprets a parameter-free shortcut.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T subsample(Subsample layer, T input);

  /**
   * Interprets a selection of channels.
   *
   * @param layer the layer
   * @param input a map
   * @return a map of those channels
   */
  T slice(ChannelSlice layer, T input);

  /**
   * Interprets a reordering of channels.
   *
   * @param layer the layer
   * @param input a map
   * @return a map
   */
  T shuffle(ChannelShuffle layer, T input);

  /**
   * Interprets the conversion of a map to tokens.
   *
   * @param layer the layer
   * @param input a map
   * @return tokens
   */
  T tokens(Tokens layer, T input);

  /**
   * Interprets the selection of the class token.
   *
   * @param layer the layer
   * @param input tokens
   * @return a map of one pixel
   */
  T classToken(ClassToken layer, T input);

  /**
   * Interprets a self-attention.
   *
   * @param layer the layer
   * @param input tokens
   * @return tokens
   */
  T attention(Attention layer, T input);

  /**
   * Adds two values of one shape.
   *
   * @param left what the first branch passes on
   * @param right what the second passes on
   * @return their sum, of the same shape
   */
  T add(T left, T right);

  /**
   * Multiplies a map by a factor for each channel of each image.
   *
   * @param map a map
   * @param factors a map of one pixel with as many channels
   * @return a map of the first one's shape
   */
  T multiply(T map, T factors);

  /**
   * Joins maps along their channels.
   *
   * @param maps maps of one height and width
   * @return a map with the channels of all, in that order
   */
  T concat(List<T> maps);

  /**
   * Marks a value that several layers receive, for interpreters whose layers may overwrite their
   * input.
   *
   * @param value the value
   * @return the same value, which no layer may overwrite
   */
  default T shared(T value) {
    return value;
  }
}
