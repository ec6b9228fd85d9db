package dev.discern.layer;

import java.util.List;

/**
 * Layers that run one after another.
 *
 * @param children the layers; an empty sequence passes its input on unchanged
 */
public record Sequence(List<Layer> children) implements Layer {
  /** Keeps an unmodifiable copy. */
  public Sequence {
    children = List.copyOf(children);
  }

  /**
   * Layers that run one after another.
   *
   * @param children the layers
   * @return the sequence
   */
  public static Sequence of(Layer... children) {
    return new Sequence(List.of(children));
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    T value = input;
    for (Layer child : children) {
      value = child.on(interpreter, value);
    }
    return value;
  }
}
