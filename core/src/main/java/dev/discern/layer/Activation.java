package dev.discern.layer;

/** A function of each value. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code min(max(x, 0), 6)}. */
  RELU6,
  /** {@code x·σ(x)}, also called swish. */
  SILU,
  /** {@code x·Φ(x)} with the normal distribution function, not its tanh approximation. */
  GELU,
  /** {@code x·relu6(x + 3) / 6}. */
  HARD_SWISH,
  /** {@code relu6(x + 3) / 6}. */
  HARD_SIGMOID,
  /** {@code 1 / (1 + e⁻ˣ)}. */
  SIGMOID;

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.activation(this, input);
  }
}
