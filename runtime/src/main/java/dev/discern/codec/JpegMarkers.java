package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The sequence of markers in a JPEG file (ITU-T T.81, annex B). */
final class JpegMarkers {
  /** Start of scan. */
  static final int SCAN = 0xda;

  /** End of image. */
  static final int END = 0xd9;

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final ByteBuffer file;
  private int at = 2; // after the start-of-image marker
  private int start;
  private int length;

  JpegMarkers(ByteBuffer file) {
    this.file = file.order(ByteOrder.BIG_ENDIAN);
  }

  /** Continues at a byte. */
  void seek(int position) {
    at = position;
  }

  /** The offset of the last marker. */
  int position() {
    return at - 2;
  }

  /**
   * Advances to the next marker that has a segment or ends the image, skipping a scan's coded
   * bytes.
   *
   * @return its second byte
   * @throws BadImage if the file ends before it
   */
  int next() throws BadImage {
    while (true) {
      skipBytesBelowFf();
      if (at + 1 >= file.limit()) {
        throw BadImage.cut("JPEG");
      }
      int marker = file.get(at + 1) & 0xff;
      if (isMarker(marker)) {
        at += 2;
        return marker;
      }
      // A fill byte may be followed by the marker itself.
      at += marker == 0xff ? 1 : 2;
    }
  }

  // Eight bytes at a time: coded bytes are most of a file. A byte is 0xff where its complement is
  // 0.
  private void skipBytesBelowFf() {
    int limit = file.limit();
    while (at + 8 <= limit) {
      long inverse = ~file.getLong(at);
      if (((inverse - LOW_BITS) & ~inverse & HIGH_BITS) != 0) {
        break;
      }
      at += 8;
    }
    while (at < limit && file.get(at) != (byte) 0xff) {
      at++;
    }
  }

  // Not a stuffed byte, a fill byte, a restart marker, or the reserved marker without a length.
  private static boolean isMarker(int marker) {
    return marker > 0x01 && marker != 0xff && !(marker >= 0xd0 && marker <= 0xd8);
  }

  /**
   * Skips the segment of the last marker.
   *
   * @return its content, without the length
   * @throws BadImage if the file ends before it
   */
  ByteBuffer segment() throws BadImage {
    if (at + 2 > file.limit()) {
      throw BadImage.cut("JPEG");
    }
    length = file.getShort(at) & 0xffff;
    start = at + 2;
    if (length < 2 || at + length > file.limit()) {
      throw BadImage.cut("JPEG");
    }
    at += length;
    return file.slice(start, length - 2);
  }
}
