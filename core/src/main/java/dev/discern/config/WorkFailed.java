package dev.discern.config;

import dev.discern.failure.DiscernException;

/**
 * The work failed although the request was correct: data, disk, device, or a loss that is no longer
 * a number. The message is a sentence for the user that names the thing, the reason and the way
 * out. The command line exits with code 1.
 */
public sealed class WorkFailed extends DiscernException permits Diverged, DamagedImages {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  public WorkFailed(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception; shown only when debugging
   */
  public WorkFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
