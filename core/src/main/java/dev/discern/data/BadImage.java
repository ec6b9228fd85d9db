package dev.discern.data;

/** A file that is no usable image. The message completes "The image FILE ...". */
final class BadImage extends Exception {
  private static final long serialVersionUID = 1L;

  BadImage(String message) {
    super(message);
  }
}
