package dev.discern.runtime;

import dev.discern.failure.DiscernException;

/**
 * A model that cannot be opened or run: its file is missing, damaged, or not written by Discern.
 * The message names the file, the reason and the way out.
 */
public final class UnusableModel extends DiscernException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  public UnusableModel(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception
   */
  public UnusableModel(String message, Throwable cause) {
    super(message, cause);
  }
}
