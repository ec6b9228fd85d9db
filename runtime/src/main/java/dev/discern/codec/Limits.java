package dev.discern.codec;

/** Limits the memory that one image may take. */
public final class Limits {
  /** Pillow refuses larger images too, as decompression bombs. */
  public static final long MAX_PIXELS = 178_000_000;

  /** Rows and columns; decoders keep a row on the Java heap. */
  public static final int MAX_SIDE = 131_072;

  /** Bytes that a decoder may need at once outside the Java heap, and the largest file. */
  public static final long MAX_BYTES = 768L << 20;

  // Below this, even a solid-color image decodes in a moment.
  private static final long SMALL = 32_000_000;

  // The best ratio of deflate and LZW, on a solid bilevel image.
  private static final long MAX_PIXELS_PER_BYTE = 10_000;

  private Limits() {}

  /**
   * Refuses a large image that its file is too small to hold.
   *
   * @param picture the header
   * @param fileBytes the length of the whole file
   * @throws BadImage if it is a decompression bomb
   */
  public static void checkDensity(Picture picture, long fileBytes) throws BadImage {
    long pixels = (long) picture.width() * picture.height();
    if (pixels > SMALL && pixels / fileBytes > MAX_PIXELS_PER_BYTE) {
      throw BadImage.damaged(
          "it claims "
              + picture.width()
              + "x"
              + picture.height()
              + " pixels in a file of "
              + fileBytes
              + " bytes");
    }
  }

  /**
   * Refuses an image that is larger than an application allows.
   *
   * @param picture the header
   * @param most the largest number of pixels
   * @throws BadImage if it is larger
   */
  public static void checkPixels(Picture picture, long most) throws BadImage {
    if ((long) picture.width() * picture.height() > most) {
      throw tooLarge(picture.width(), picture.height(), most);
    }
  }

  /**
   * The refusal of an image that is larger than an application allows.
   *
   * @param width columns
   * @param height rows
   * @param most the largest number of pixels
   * @return a refusal
   */
  public static BadImage tooLarge(int width, int height, long most) {
    return new BadImage(
        "has " + width + "x" + height + " pixels; the limit is " + most + ". Scale it down");
  }

  /**
   * Refuses an image before anything is allocated for it.
   *
   * @param picture its header
   * @throws BadImage if it has no pixels or too many
   */
  public static void check(Picture picture) throws BadImage {
    long width = picture.width();
    long height = picture.height();
    if (width < 1 || height < 1) {
      throw BadImage.damaged("it has no pixels");
    }
    if (Math.max(width, height) > MAX_SIDE) {
      throw new BadImage(
          "has " + width + "x" + height + " pixels; the limit is 131,072 per side. Scale it down");
    }
    if (width * height > MAX_PIXELS) {
      throw new BadImage(
          "has " + width + "x" + height + " pixels; the limit is 178 million. Scale it down");
    }
    if (picture.nativeBytes() > MAX_BYTES) {
      throw new BadImage(
          "needs "
              + (picture.nativeBytes() >> 20)
              + " MB to decode "
              + width
              + "x"
              + height
              + " pixels; the limit is "
              + (MAX_BYTES >> 20)
              + " MB. Scale it down");
    }
  }
}
