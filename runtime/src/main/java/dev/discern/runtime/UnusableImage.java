package dev.discern.runtime;

import dev.discern.failure.DiscernException;

/**
 * An image that cannot be classified: it is missing, damaged, too large, or of a format that is not
 * read. The message names the image, the reason and the way out. Other images are not affected.
 */
public final class UnusableImage extends DiscernException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence for the user
   */
  public UnusableImage(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence for the user
   * @param cause the original exception
   */
  public UnusableImage(String message, Throwable cause) {
    super(message, cause);
  }
}
