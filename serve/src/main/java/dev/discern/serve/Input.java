package dev.discern.serve;

/** An image of a request. */
sealed interface Input {
  /**
   * A file.
   *
   * @param name the name that the client gave, or empty
   * @param bytes its content
   */
  record Encoded(String name, byte[] bytes) implements Input {}

  /**
   * Decoded pixels.
   *
   * @param height rows
   * @param width columns
   * @param rgb red, green, blue, row by row; {@code height * width * 3} bytes
   */
  record Pixels(int height, int width, byte[] rgb) implements Input {}
}
