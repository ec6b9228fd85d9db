package dev.discern.config;

/**
 * The work failed though it was asked for correctly: data, disk, device, or a loss that is no
 * longer a number. The message is a sentence for the user that names the thing, the reason and the
 * way out. The command line exits with 1.
 */
public sealed class WorkFailed extends DiscernException permits Diverged, DamagedImages {
  private static final long serialVersionUID = 1L;

  /**
   * Says what failed.
   *
   * @param message a sentence for the user
   */
  public WorkFailed(String message) {
    super(message);
  }

  /**
   * Says what failed, and keeps what revealed it.
   *
   * @param message a sentence for the user
   * @param cause what revealed it; shown only when debugging
   */
  public WorkFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
