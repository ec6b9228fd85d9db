package dev.discern.layer;

/**
 * Some channels of a map.
 *
 * @param from the first
 * @param until after the last
 */
public record ChannelSlice(int from, int until) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.slice(this, input);
  }
}
