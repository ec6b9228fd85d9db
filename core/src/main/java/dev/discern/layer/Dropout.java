package dev.discern.layer;

/**
 * Dropout (Srivastava et al., 2014): in training, each value becomes 0 with the given probability,
 * and the others grow to keep the mean.
 *
 * @param name distinguishes its random numbers from those of other layers
 * @param rate the probability, in [0, 1)
 */
public record Dropout(String name, double rate) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.dropout(this, input);
  }
}
