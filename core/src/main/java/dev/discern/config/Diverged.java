package dev.discern.config;

/**
 * Training reached a loss or weights that are NaN or infinite. This is a result as much as a
 * failure: the same run would diverge again, at the same step.
 */
public final class Diverged extends WorkFailed {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   * @param epoch the epoch in which it was detected, counted from 1; 0 outside training
   * @param step the step of that epoch, counted from 1; 0 outside training
   */
  public Diverged(String message, int epoch, int step) {
    super(message);
    this.epoch = epoch;
    this.step = step;
  }

  /**
   * The epoch in which it was detected; the one before was the last finite one.
   *
   * @return counted from 1
   */
  public int epoch() {
    return epoch;
  }

  /**
   * The step at which it was detected.
   *
   * @return of that epoch, counted from 1
   */
  public int step() {
    return step;
  }
}
