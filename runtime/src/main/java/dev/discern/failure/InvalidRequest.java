package dev.discern.failure;

/** The request is wrong: a value out of its range, or something the model cannot give. */
public class InvalidRequest extends DiscernException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  public InvalidRequest(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception; shown only when debugging
   */
  public InvalidRequest(String message, Throwable cause) {
    super(message, cause);
  }
}
