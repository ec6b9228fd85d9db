package dev.discern.layer;

/**
 * The largest value or the mean of each window of a map.
 *
 * @param kind largest or mean
 * @param kernel the window's side
 * @param stride the window's step
 * @param padding the pixels added on each side, which count neither as values nor in means
 */
public record Pool(Kind kind, int kernel, int stride, int padding) implements Layer {
  /** What becomes of a window. */
  public enum Kind {
    /** Its largest value. */
    MAX,
    /** Its mean. */
    MEAN
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.pool(this, input);
  }
}
