package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a WebP file (RFC 9649).
 *
 * @param width columns as stored
 * @param height rows as stored
 * @param alpha whether it may be transparent
 * @param animated whether it has several frames, of which the first is read
 * @param orientation the EXIF orientation
 */
public record WebpFile(int width, int height, boolean alpha, boolean animated, int orientation)
    implements Picture {
  private static final int VP8 = 0x5650_3820;
  private static final int VP8L = 0x5650_384c;
  private static final int VP8X = 0x5650_3858;
  private static final int EXIF = 0x4558_4946;
  private static final int FIRST_CHUNK = 12;

  /**
   * Reads the header.
   *
   * @param file starts as a WebP file
   * @return the header
   * @throws BadImage if it is truncated or damaged
   */
  static WebpFile of(ByteBuffer file) throws BadImage {
    file.order(ByteOrder.LITTLE_ENDIAN);
    long end = 8 + (file.getInt(4) & 0xffffffffL);
    if (end > file.limit()) {
      throw BadImage.cut("WebP");
    }
    WebpFile header = null;
    int orientation = 1;
    for (int at = FIRST_CHUNK; at + 8 <= end; ) {
      int type = Integer.reverseBytes(file.getInt(at));
      long length = file.getInt(at + 4) & 0xffffffffL;
      if (at + 8 + length > end) {
        throw BadImage.cut("WebP");
      }
      ByteBuffer content = file.slice(at + 8, (int) length).order(ByteOrder.LITTLE_ENDIAN);
      if (header == null) {
        header = first(type, content);
      }
      if (type == EXIF) {
        orientation = Exif.orientation(withoutMark(content));
      }
      at += 8 + (int) (length + (length & 1));
    }
    if (header == null) {
      throw BadImage.damaged("it is a WebP file without a picture");
    }
    return header.turned(orientation);
  }

  // Some writers prepend the prefix of the JPEG segment.
  private static ByteBuffer withoutMark(ByteBuffer content) {
    boolean marked = content.limit() > 6 && content.getInt(0) == Integer.reverseBytes(0x4578_6966);
    return marked ? content.slice(6, content.limit() - 6) : content.slice();
  }

  private WebpFile turned(int newOrientation) {
    return new WebpFile(width, height, alpha, animated, newOrientation);
  }

  private static WebpFile first(int type, ByteBuffer content) throws BadImage {
    if (content.limit() < 10 && !(type == VP8L && content.limit() >= 5)) {
      throw BadImage.cut("WebP");
    }
    return switch (type) {
      case VP8 ->
          new WebpFile(content.getShort(6) & 0x3fff, content.getShort(8) & 0x3fff, false, false, 1);
      case VP8L -> lossless(content.getInt(1));
      case VP8X -> extended(content, content.get(0));
      default -> throw BadImage.damaged("its first WebP chunk is unknown");
    };
  }

  private static WebpFile lossless(int bits) {
    boolean mayBeClear = ((bits >> 28) & 1) == 1;
    return new WebpFile((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1, mayBeClear, false, 1);
  }

  private static WebpFile extended(ByteBuffer content, int flags) {
    return new WebpFile(
        (content.getInt(3) >>> 8) + 1,
        (content.getInt(6) >>> 8) + 1,
        (flags & 0x10) != 0,
        (flags & 2) != 0,
        1);
  }

  @Override
  public long nativeBytes() {
    return (long) width * height * (alpha || animated ? 4 : 3);
  }
}
