package dev.discern.image;

/**
 * The size of an image in channels, rows and columns; pixels are stored in that order, {@code [C,
 * H, W]}.
 *
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 */
public record ImageShape(int channels, int height, int width) {
  /** Refuses shapes that no image can have. */
  public ImageShape {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "An image has 1 or 3 channels here, not " + channels + ".");
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "An image has at least 1 row and column, not " + height + "x" + width + ".");
    }
  }

  /**
   * The number of values in an image.
   *
   * @return {@code channels * height * width}
   */
  public int volume() {
    return Math.multiplyExact(channels, plane());
  }

  /**
   * The number of pixels.
   *
   * @return {@code height * width}
   */
  public int plane() {
    return Math.multiplyExact(height, width);
  }

  /** The spelling of messages and reports: {@code 3x64x64}. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
