package dev.discern.layer;

import java.util.List;

/**
 * The channels of several branches, one after another.
 *
 * @param children the branches; an empty sequence is the identity
 */
public record Concat(List<Layer> children) implements Layer {
  /** Keeps an unmodifiable copy. */
  public Concat {
    children = List.copyOf(children);
  }

  /**
   * Joins branches.
   *
   * @param children the branches
   * @return the layer
   */
  public static Concat of(Layer... children) {
    return new Concat(List.of(children));
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    T shared = interpreter.shared(input);
    return interpreter.concat(
        children.stream().map(child -> child.on(interpreter, shared)).toList());
  }
}
