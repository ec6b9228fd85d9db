package dev.discern.image;

/** An image that is not decoded yet. It may be decoded several times, even concurrently. */
public interface Encoded {
  /**
   * Decodes the image.
   *
   * <p>The result may be reduced by 2, 4 or 8 in both directions, sides rounded up, by the largest
   * of these that leaves the shorter side at least {@code atLeast} pixels long. The result depends
   * only on the image and {@code atLeast}.
   *
   * @param atLeast the shorter side that the caller needs; {@link Integer#MAX_VALUE} for full size
   * @param channels 1 for luma (ITU-R BT.601), 3 for red, green, blue
   * @return the raster, for the caller to close
   * @throws dev.discern.config.WorkFailed if the image is missing, damaged, or in an unsupported
   *     format; the message names it
   */
  Raster decode(int atLeast, int channels);

  /**
   * An image that is in memory already. Decoding it copies nothing if the channels match.
   *
   * @param pixels the image; must not change afterwards
   * @return an encoded image that is never reduced, whatever {@code atLeast} is
   */
  static Encoded of(Pixels pixels) {
    return new EncodedPixels(pixels);
  }
}
