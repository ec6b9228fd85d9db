package dev.discern.data;

/**
 * Walks the markers of a JPEG file (ITU-T T.81, annex B) up to its end-of-image marker. The native
 * decoder fills the missing half of a cut file with grey and says so only on standard error.
 */
final class JpegFile {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final String REPAIR = ". Fetch it again, or remove it";

  private final byte[] file;
  private int at = 2; // after the start-of-image marker
  private int width;
  private int height;
  private boolean hasScan;

  private JpegFile(byte[] file) {
    this.file = file;
  }

  /**
   * Checks a file that starts as a JPEG.
   *
   * @param file all bytes
   * @return the image
   * @throws BadImage if it is cut, or of a kind that is not read
   */
  static EncodedImage check(byte[] file) throws BadImage {
    JpegFile walk = new JpegFile(file);
    while (walk.segment()) {}
    if (!walk.hasScan || walk.width == 0) {
      throw new BadImage("is a JPEG file without a picture" + REPAIR);
    }
    return new EncodedImage(file, true, walk.width, walk.height, -1);
  }

  // Steps over one marker and its segment; false at the end of the image.
  private boolean segment() throws BadImage {
    int marker = nextMarker();
    if (marker == END_OF_IMAGE) {
      return false;
    }
    if (at + 2 > file.length) {
      throw cut();
    }
    int length = EncodedImage.u16(file, at);
    if (length < 2 || at + length > file.length) {
      throw cut();
    }
    if (isFrame(marker)) {
      frame(marker, length);
    }
    hasScan |= marker == START_OF_SCAN;
    at += length;
    return true;
  }

  // After a scan's header this runs over its coded bytes, where 0xff is stuffed with 0x00.
  private int nextMarker() throws BadImage {
    for (; at + 1 < file.length; at++) {
      if (file[at] == (byte) 0xff && standsAlone(file[at + 1] & 0xff)) {
        at += 2;
        return file[at - 1] & 0xff;
      }
    }
    throw cut();
  }

  // Not a stuffed byte, a fill byte, a restart marker, or the reserved marker without a length.
  private static boolean standsAlone(int marker) {
    return marker > 0x01 && marker != 0xff && !(marker >= 0xd0 && marker <= 0xd7);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void frame(int marker, int length) throws BadImage {
    if (length < 8) {
      throw cut();
    }
    int precision = file[at + 2] & 0xff;
    int components = file[at + 7] & 0xff;
    if (components == 4) {
      throw new BadImage(
          "is a CMYK JPEG, whose colours depend on a printer's profile. Convert it to RGB");
    }
    if (marker > 0xc2 || precision != 8 || (components != 1 && components != 3)) {
      throw new BadImage(
          "is a JPEG of a kind that is not read (frame 0x"
              + Integer.toHexString(marker)
              + ", "
              + precision
              + " bits, "
              + components
              + " components). Save it again as a usual 8-bit JPEG or PNG");
    }
    height = EncodedImage.u16(file, at + 3);
    width = EncodedImage.u16(file, at + 5);
  }

  private static BadImage cut() {
    return new BadImage("is cut: the JPEG file ends before its picture does" + REPAIR);
  }
}
