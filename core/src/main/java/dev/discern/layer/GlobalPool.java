package dev.discern.layer;

/** The mean of each channel, over height and width, as a map of one pixel. */
public record GlobalPool() implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.globalPool(this, input);
  }
}
