package dev.discern.layer;

/** The first token, as a map of one pixel. */
public record ClassToken() implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.classToken(this, input);
  }
}
