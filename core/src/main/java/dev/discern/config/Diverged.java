package dev.discern.config;

/**
 * Training came to a loss, or to weights, that are no longer numbers. A result as much as a
 * failure: the same run would diverge again, at the same step.
 */
public final class Diverged extends WorkFailed {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  /**
   * Says what diverged.
   *
   * @param message a sentence for the user
   * @param epoch the epoch it was seen in, counted from 1; 0 outside of training
   * @param step the step of that epoch, counted from 1; 0 outside of training
   */
  public Diverged(String message, int epoch, int step) {
    super(message);
    this.epoch = epoch;
    this.step = step;
  }

  /**
   * The epoch in which it was seen; the one before was the last finite one.
   *
   * @return counted from 1
   */
  public int epoch() {
    return epoch;
  }

  /**
   * The step at which it was seen.
   *
   * @return of that epoch, counted from 1
   */
  public int step() {
    return step;
  }
}
