package dev.discern.serve;

/** An image that cannot be classified. The message completes "Image 2 ...", without a period. */
final class UnusableImage extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableImage(String message) {
    super(message);
  }
}
