package dev.discern.failure;

/**
 * The exception that Discern throws when it cannot do what it was asked to do, and the root of all
 * others. Its message is one sentence for the user that names the thing, the reason and the way
 * out.
 *
 * <p>The request is wrong ({@link InvalidRequest}), or the work failed (any other).
 */
public abstract class DiscernException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  protected DiscernException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception; shown only when debugging
   */
  protected DiscernException(String message, Throwable cause) {
    super(message, cause);
  }
}
