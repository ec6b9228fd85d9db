package dev.discern.layer;

import java.util.List;

/**
 * Multiplies each channel by a factor computed from the map itself, as squeeze-and-excitation does
 * (Hu, Shen, Sun, 2018).
 *
 * @param factors maps the input to one factor per channel
 */
public record Gate(Layer factors) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    T shared = interpreter.shared(input);
    return interpreter.multiply(shared, factors.on(interpreter, shared));
  }

  @Override
  public List<Layer> children() {
    return List.of(factors);
  }
}
