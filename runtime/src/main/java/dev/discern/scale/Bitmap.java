package dev.discern.scale;

/**
 * A decoded image: 8 bits per channel, rows of interleaved channels.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param data {@code [H, W, C]}, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on the hot path, never compared
public record Bitmap(int height, int width, int channels, byte[] data) {
  /** Refuses sizes that do not match the data. */
  public Bitmap {
    if (data.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
      throw new IllegalArgumentException(
          data.length + " bytes are not " + height + "x" + width + "x" + channels + " pixels.");
    }
  }

  /**
   * The image in as many channels.
   *
   * @param wanted 1 for luma (ITU-R BT.601), 3 for red, green, blue
   * @return the image itself if it has as many
   */
  public Bitmap in(int wanted) {
    if (wanted == channels) {
      return this;
    }
    return new Bitmap(height, width, wanted, wanted == 1 ? luma() : repeated());
  }

  // With 15 bits after the point.
  private byte[] luma() {
    byte[] luma = new byte[data.length / 3];
    for (int p = 0, k = 0; p < luma.length; p++, k += 3) {
      int red = data[k] & 0xff;
      int green = data[k + 1] & 0xff;
      int blue = data[k + 2] & 0xff;
      luma[p] = (byte) ((9798 * red + 19235 * green + 3735 * blue + 0x4000) >> 15);
    }
    return luma;
  }

  private byte[] repeated() {
    byte[] rgb = new byte[3 * data.length];
    for (int k = 0; k < rgb.length; k++) {
      rgb[k] = data[k / 3];
    }
    return rgb;
  }

  /**
   * Turns the image upright.
   *
   * @param orientation as EXIF numbers it, 1 to 8
   * @return the image itself for 1
   */
  public Bitmap upright(int orientation) {
    if (orientation == 1) {
      return this;
    }
    boolean swaps = orientation >= 5;
    int rows = swaps ? width : height;
    int columns = swaps ? height : width;
    byte[] turned = new byte[data.length];
    for (int y = 0, out = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int from = source(orientation, y, x) * channels;
        for (int c = 0; c < channels; c++, out++) {
          turned[out] = data[from + c];
        }
      }
    }
    return new Bitmap(rows, columns, channels, turned);
  }

  private int source(int orientation, int y, int x) {
    int bottom = height - 1;
    int right = width - 1;
    return switch (orientation) {
      case 2 -> y * width + right - x;
      case 3 -> (bottom - y) * width + right - x;
      case 4 -> (bottom - y) * width + x;
      case 5 -> x * width + y;
      case 6 -> (bottom - x) * width + y;
      case 7 -> (bottom - x) * width + right - y;
      case 8 -> x * width + right - y;
      default -> throw new IllegalArgumentException("No orientation: " + orientation);
    };
  }
}
