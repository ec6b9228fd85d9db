package dev.discern.config;

/**
 * The exception that Discern throws when it cannot do what it was asked to do: the request is wrong
 * ({@link InvalidConfig}), or the work failed ({@link WorkFailed}). The message is one sentence for
 * the user that names the thing, the reason and the way out; it names settings by their keys, such
 * as {@code train.epochs}.
 */
public abstract sealed class DiscernException extends RuntimeException
    permits InvalidConfig, WorkFailed {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  DiscernException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception; shown only when debugging
   */
  DiscernException(String message, Throwable cause) {
    super(message, cause);
  }
}
