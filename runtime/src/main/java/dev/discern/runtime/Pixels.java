package dev.discern.runtime;

import dev.discern.failure.InvalidRequest;

/**
 * A decoded image.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param rgb {@code [H, W, 3]}: red, green, blue, unsigned bytes; not copied, so it must not change
 *     while it is in use
 */
@SuppressWarnings("ArrayRecordComponent") // large, handed on once, never compared
public record Pixels(int height, int width, byte[] rgb) {
  /**
   * Checks the sizes.
   *
   * @throws InvalidRequest if the bytes do not fit the size
   */
  public Pixels {
    if (height < 1 || width < 1 || rgb.length != 3L * height * width) {
      throw new InvalidRequest(
          rgb.length
              + " bytes are not "
              + height
              + " rows of "
              + width
              + " pixels in red, green and blue.");
    }
  }
}
