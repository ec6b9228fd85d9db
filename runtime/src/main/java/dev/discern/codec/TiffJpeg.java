package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Strips and tiles in JPEG compression (Adobe's TIFF technical note 2). */
final class TiffJpeg {
  private static final int TABLES = 347;
  private static final int PHOTOMETRIC = 262;
  private static final int YCBCR = 6;
  private static final int MARKER = 2;

  private TiffJpeg() {}

  /** A segment as a file of its own. */
  static byte[] file(TiffFile header, ByteBuffer data, int channels) throws BadImage {
    if (header.planar() || header.bits() != 8 || header.samples() != channels) {
      throw BadImage.unread("a TIFF in JPEG compression of CMYK or several planes");
    }
    return whole(header.tags(), data);
  }

  /** The header of a segment's file, whose size and scans were checked. */
  static JpegFile checked(TiffFile header, byte[] file, int top, int left) throws BadImage {
    ByteBuffer jpeg = ByteBuffer.wrap(file);
    JpegFile inner = JpegFile.of(jpeg);
    if (inner.components() != header.samples()
        || inner.width() < Math.min(header.segmentWidth(), header.width() - left)
        || inner.height() < Math.min(header.segmentHeight(), header.height() - top)
        || inner.width() > header.segmentWidth()
        || inner.height() > header.segmentHeight()) {
      throw BadImage.damaged("a JPEG strip or tile in it has another size");
    }
    inner.checkScans(jpeg);
    return inner;
  }

  // Start, colors, shared tables, then the segment without its own start.
  private static byte[] whole(TiffTags tags, ByteBuffer data) throws BadImage {
    ByteBuffer tables = tags.bytes(TABLES);
    if (!isJpeg(data) || (tables.limit() > 0 && (!isJpeg(tables) || tables.limit() < 4))) {
      throw BadImage.damaged("its JPEG strips or tiles are wrong");
    }
    int shared = Math.max(0, tables.limit() - 2 * MARKER);
    boolean transformed = tags.number(PHOTOMETRIC, 0) == YCBCR;
    byte[] bytes = new byte[18 + shared + data.limit() - MARKER];
    ByteBuffer jpeg = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
    jpeg.putShort((short) 0xffd8);
    jpeg.putShort((short) 0xffee).putShort((short) 14).put(new byte[] {'A', 'd', 'o', 'b', 'e'});
    jpeg.putShort((short) 100).putInt(0).put((byte) (transformed ? 1 : 0));
    jpeg.put(tables.slice(shared == 0 ? 0 : MARKER, shared));
    jpeg.put(data.slice(MARKER, data.limit() - MARKER));
    return bytes;
  }

  private static boolean isJpeg(ByteBuffer data) {
    return data.limit() > MARKER && data.get(0) == (byte) 0xff && data.get(1) == (byte) 0xd8;
  }
}
