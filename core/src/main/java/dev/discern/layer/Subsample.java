package dev.discern.layer;

/**
 * A shortcut without parameters (He et al., 2016, 4.1, option A): every stride-th pixel, with
 * channels of zeros added before and after.
 *
 * @param in the channels it receives
 * @param out the channels it makes, at least as many
 * @param stride the step between pixels
 */
public record Subsample(int in, int out, int stride) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.subsample(this, input);
  }
}
