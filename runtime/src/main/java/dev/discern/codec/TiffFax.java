package dev.discern.codec;

import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Fax compression (CCITT T.4 and T.6), decoded by the JDK's TIFF reader. It receives each strip as
 * a separate file, so that it sees only sizes and counts that were checked.
 */
final class TiffFax {
  private static final int T4_OPTIONS = 292;
  private static final int T6_OPTIONS = 293;
  private static final int MAX_BYTES = 16 << 20;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int TAGS = 10;
  private static final int DATA = 8 + 2 + TAGS * 12 + 4;

  private TiffFax() {}

  /**
   * Decodes a strip or tile.
   *
   * @param header its file
   * @param data its bytes
   * @return the rows, one bit per pixel
   */
  static TiffRows rows(TiffFile header, ByteBuffer data) throws BadImage {
    if (header.bits() != 1 || header.samples() != 1 || data.limit() > MAX_BYTES) {
      throw BadImage.unread("a TIFF in an unusual fax compression");
    }
    int rows = Math.min(header.segmentHeight(), header.height());
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    try (var in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file(header, data, rows)))) {
      reader.setInput(in, false, false); // options of the coding count as metadata
      WritableRaster raster = reader.read(0).getRaster();
      if (raster.getWidth() != header.segmentWidth() || raster.getHeight() != rows) {
        throw BadImage.damaged("a fax strip in it has another size");
      }
      return new TiffRows.Plain(
          ByteBuffer.wrap(((DataBufferByte) raster.getDataBuffer()).getData()));
    } catch (IOException e) {
      throw BadImage.damaged("its pixels are not fax data");
    } finally {
      reader.dispose();
    }
  }

  private static byte[] file(TiffFile header, ByteBuffer data, int rows) throws BadImage {
    ByteBuffer file = ByteBuffer.allocate(DATA + data.limit()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) TAGS);
    tag(file, 256, LONG, header.segmentWidth());
    tag(file, 257, LONG, rows);
    tag(file, 258, SHORT, 1);
    tag(file, 259, SHORT, header.compression());
    tag(file, 262, SHORT, 1);
    tag(file, 273, LONG, DATA);
    tag(file, 278, LONG, rows);
    tag(file, 279, LONG, data.limit());
    tag(file, T4_OPTIONS, LONG, header.tags().integer(T4_OPTIONS, 0));
    tag(file, T6_OPTIONS, LONG, header.tags().integer(T6_OPTIONS, 0));
    return file.putInt(0).put(data.slice()).array();
  }

  // The reader treats a compression of type LONG as none.
  private static void tag(ByteBuffer file, int tag, int type, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }
}
