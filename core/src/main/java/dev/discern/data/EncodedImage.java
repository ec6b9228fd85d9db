package dev.discern.data;

/**
 * An image file whose structure was checked, ready for the native decoder.
 *
 * @param bytes the file, without the parts that make decoders talk to standard error
 * @param jpeg whether it is a JPEG, which can be decoded at a fraction of its size
 * @param width columns as stored
 * @param height rows as stored
 * @param greyKey the one grey value that means "transparent", as decoded; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // hands a file on, never compared
record EncodedImage(byte[] bytes, boolean jpeg, int width, int height, int greyKey) {
  private static final long MAX_PIXELS = 1L << 28;
  private static final int[] PNG_MAGIC = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int[] JPEG_MAGIC = {0xff, 0xd8, 0xff};

  /**
   * Checks a file by its content, whatever its name says.
   *
   * @param file all bytes of the file
   * @return the image
   * @throws BadImage if it is empty, cut, damaged, too large, or of a kind that is not read
   */
  static EncodedImage of(byte[] file) throws BadImage {
    requireKnownKind(file);
    EncodedImage image = startsWith(file, JPEG_MAGIC) ? JpegFile.check(file) : PngFile.check(file);
    if (image.width < 1 || image.height < 1) {
      throw new BadImage("has no pixels. Save it again");
    }
    if ((long) image.width * image.height > MAX_PIXELS) {
      throw new BadImage(
          "has " + image.width + "x" + image.height + " pixels, too many. Scale it down");
    }
    return image;
  }

  /**
   * Checks only the first bytes.
   *
   * @param start at least the first 8 bytes of the file, or all it has
   * @throws BadImage if no PNG or JPEG starts so
   */
  static void requireKnownKind(byte[] start) throws BadImage {
    if (start.length == 0) {
      throw new BadImage("is empty. Fetch it again, or remove it");
    }
    if (!startsWith(start, PNG_MAGIC) && !startsWith(start, JPEG_MAGIC)) {
      throw new BadImage(
          "is neither PNG nor JPEG, whatever its name says. Convert it, or remove it");
    }
  }

  /** Reads a big-endian 16-bit number. */
  static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  private static boolean startsWith(byte[] file, int[] magic) {
    if (file.length < magic.length) {
      return false;
    }
    for (int k = 0; k < magic.length; k++) {
      if ((file[k] & 0xff) != magic[k]) {
        return false;
      }
    }
    return true;
  }
}
