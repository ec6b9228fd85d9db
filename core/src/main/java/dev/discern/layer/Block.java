package dev.discern.layer;

import java.util.List;

/**
 * A named unit of a network, such as a residual block: the unit of depth for learning rates that
 * grow with it, and of what a user freezes.
 *
 * @param name the prefix of its tensors' names, such as {@code layer1.0}
 * @param body the unit's layers
 */
public record Block(String name, Layer body) implements Layer {
  /**
   * A unit of layers that run one after another.
   *
   * @param name the prefix of its tensors' names
   * @param layers the unit's layers
   * @return the unit
   */
  public static Block of(String name, Layer... layers) {
    return new Block(name, Sequence.of(layers));
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return body.on(interpreter, input);
  }

  @Override
  public List<Layer> children() {
    return List.of(body);
  }
}
