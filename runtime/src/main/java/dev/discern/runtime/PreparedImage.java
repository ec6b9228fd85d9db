package dev.discern.runtime;

/**
 * An image that is decoded, scaled and cropped for a model: {@link Classifier#prepare} makes it on
 * any thread, {@link Classifier#classifyPrepared} runs a batch on another. Immutable.
 */
public final class PreparedImage {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] data;

  /**
   * Wraps a network's input. For implementations of {@link Classifier}.
   *
   * @param height rows
   * @param width columns
   * @param channels 1 or 3
   * @param data {@code [H, W, C]}, unsigned bytes; not copied
   */
  public PreparedImage(int height, int width, int channels, byte[] data) {
    if (data.length != (long) height * width * channels) {
      throw new IllegalArgumentException(data.length + " bytes do not fit the image.");
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.data = data;
  }

  /**
   * Whether a model takes the image.
   *
   * @param input the model's input
   * @return true if it has that size and as many channels
   */
  public boolean suits(Card.Input input) {
    return height == input.height() && width == input.width() && channels == input.channels();
  }

  /**
   * Rows.
   *
   * @return the height of the network's input
   */
  public int height() {
    return height;
  }

  /**
   * Columns.
   *
   * @return the width of the network's input
   */
  public int width() {
    return width;
  }

  /**
   * Channels.
   *
   * @return 1 (gray) or 3 (red, green, blue)
   */
  public int channels() {
    return channels;
  }

  /**
   * The pixels.
   *
   * @return {@code [H, W, C]}, unsigned bytes; not a copy, so it must not be changed
   */
  public byte[] data() {
    return data;
  }
}
