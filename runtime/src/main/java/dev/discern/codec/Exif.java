package dev.discern.codec;

import java.nio.ByteBuffer;

/** The one field of EXIF metadata that changes pixels. */
final class Exif {
  private Exif() {}

  /**
   * Reads the orientation.
   *
   * @param tiff an EXIF block: a TIFF header and its first directory
   * @return 1 to 8; 1 if the block has none or is damaged, as in other programs
   */
  static int orientation(ByteBuffer tiff) {
    try {
      return TiffTags.of(tiff).orientation();
    } catch (BadImage e) {
      return 1;
    }
  }
}
