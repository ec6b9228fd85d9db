package dev.discern.config;

import dev.discern.failure.InvalidRequest;

/**
 * The command line or the configuration is wrong: a name, a value, or two values that contradict
 * each other. The message is a sentence for the user that names the thing, the reason and the way
 * out. The command line exits with code 2.
 */
public final class InvalidConfig extends InvalidRequest {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  public InvalidConfig(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception; shown only when debugging
   */
  public InvalidConfig(String message, Throwable cause) {
    super(message, cause);
  }
}
