package dev.discern.layer;

import java.util.List;
import java.util.stream.Stream;

/**
 * Multi-head self-attention between tokens (Vaswani et al., 2017): {@code qkv.weight [3·width,
 * width]}, {@code qkv.bias}, {@code proj.weight [width, width]}, {@code proj.bias}.
 *
 * @param name the prefix of its tensors' names
 * @param width of the tokens, divisible by the number of heads
 * @param heads the number of heads
 */
public record Attention(String name, int width, int heads) implements Layer {
  /**
   * The projection to queries, keys and values.
   *
   * @return a linear layer from width to three times that
   */
  public Dense queriesKeysValues() {
    return new Dense(name + ".qkv", width, 3 * width);
  }

  /**
   * The projection of what the heads found.
   *
   * @return a linear layer of the same width
   */
  public Dense projection() {
    return new Dense(name + ".proj", width, width);
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.attention(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return Stream.of(queriesKeysValues(), projection())
        .flatMap(dense -> dense.tensors().stream())
        .toList();
  }
}
