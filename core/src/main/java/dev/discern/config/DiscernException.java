package dev.discern.config;

/**
 * What Discern throws when it cannot do what it was asked: the request is wrong ({@link
 * InvalidConfig}), or the work failed ({@link WorkFailed}). The message is one sentence for the
 * user that names the thing, the reason and the way out; it names settings by their keys, such as
 * {@code train.epochs}.
 */
public abstract sealed class DiscernException extends RuntimeException
    permits InvalidConfig, WorkFailed {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message a sentence for the user
   */
  DiscernException(String message) {
    super(message);
  }

  /**
   * Says what is wrong, and keeps what revealed it.
   *
   * @param message a sentence for the user
   * @param cause what revealed it; shown only when debugging
   */
  DiscernException(String message, Throwable cause) {
    super(message, cause);
  }
}
