package dev.discern.config;

/**
 * The command line or the configuration is wrong: a name, a value, or two that contradict. The
 * message is a sentence for the user that names the thing, the reason and the way out. The command
 * line exits with 2.
 */
public final class InvalidConfig extends DiscernException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message a sentence for the user
   */
  public InvalidConfig(String message) {
    super(message);
  }

  /**
   * Says what is wrong, and keeps what revealed it.
   *
   * @param message a sentence for the user
   * @param cause what revealed it; shown only when debugging
   */
  public InvalidConfig(String message, Throwable cause) {
    super(message, cause);
  }
}
