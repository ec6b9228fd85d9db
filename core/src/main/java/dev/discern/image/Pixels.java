package dev.discern.image;

/**
 * An image on the Java heap: 8 bits per channel, rows of interleaved channels.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 (luma) or 3 (red, green, blue)
 * @param data {@code [H, W, C]}, unsigned; belongs to the receiver, who may change it in place
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on the hot path, never compared
public record Pixels(int height, int width, int channels, byte[] data) {
  /** Refuses sizes that do not match the data. */
  public Pixels {
    if (data.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
      throw new IllegalArgumentException(
          data.length + " bytes are not " + height + "x" + width + "x" + channels + " pixels.");
    }
  }
}
