package dev.discern.layer;

import java.util.List;

/**
 * The sum of two branches (He et al., 2016).
 *
 * @param body the branch that learns the difference
 * @param shortcut the other; an empty sequence is the identity
 */
public record Residual(Layer body, Layer shortcut) implements Layer {
  /**
   * Adds a branch to its own input.
   *
   * @param body the branch
   */
  public Residual(Layer body) {
    this(body, Sequence.of());
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    T shared = interpreter.shared(input);
    return interpreter.add(body.on(interpreter, shared), shortcut.on(interpreter, shared));
  }

  @Override
  public List<Layer> children() {
    return List.of(body, shortcut);
  }
}
