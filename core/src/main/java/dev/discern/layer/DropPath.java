package dev.discern.layer;

/**
 * Stochastic depth (Huang et al., 2016): in training, a residual branch becomes 0 for a whole image
 * with the given probability, and grows for the others to keep the mean.
 *
 * @param name distinguishes its random numbers from those of other layers
 * @param rate the probability, in [0, 1)
 */
public record DropPath(String name, double rate) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.dropPath(this, input);
  }
}
