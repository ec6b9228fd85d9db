package dev.discern.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** Strips and tiles in JPEG compression (Adobe's TIFF technical note 2). */
final class TiffJpeg {
  private static final int TABLES = 347;
  private static final int PHOTOMETRIC = 262;
  private static final int YCBCR = 6;
  private static final int MARKER = 2;

  private TiffJpeg() {}

  /** Decodes a segment into its place, with temporaries of the caller's {@code PointerScope}. */
  static void decode(TiffFile header, ByteBuffer data, Mat image, int top, int left)
      throws BadImage {
    boolean grey = image.channels() == 1;
    if (header.planar() || header.bits() != 8 || header.samples() != (grey ? 1 : 3)) {
      throw BadImage.unread("a TIFF in JPEG compression of CMYK or several planes");
    }
    BytePointer bytes = whole(header.tags(), data);
    ByteBuffer jpeg = bytes.asByteBuffer(); // JpegMarkers sets the order
    JpegFile inner = JpegFile.of(jpeg);
    int rows = Math.min(header.segmentHeight(), header.height() - top);
    int columns = Math.min(header.segmentWidth(), header.width() - left);
    if (inner.components() != header.samples()
        || inner.width() < columns
        || inner.height() < rows
        || inner.width() > header.segmentWidth()
        || inner.height() > header.segmentHeight()) {
      throw BadImage.damaged("a JPEG strip or tile in it has another size");
    }
    inner.checkScans(jpeg);
    Mat row = new Mat(1, jpeg.limit(), opencv_core.CV_8UC1, bytes);
    Mat decoded = opencv_imgcodecs.imdecode(row, grey ? IMREAD_GRAYSCALE : IMREAD_COLOR_RGB);
    if (decoded.cols() != inner.width() || decoded.rows() != inner.height()) {
      throw BadImage.damaged("its content cannot be decoded");
    }
    new Mat(decoded, new Rect(0, 0, columns, rows))
        .copyTo(new Mat(image, new Rect(left, top, columns, rows)));
  }

  // Start, colors, shared tables, then the segment without its own start.
  private static BytePointer whole(TiffTags tags, ByteBuffer data) throws BadImage {
    ByteBuffer tables = tags.bytes(TABLES);
    if (!isJpeg(data) || (tables.limit() > 0 && (!isJpeg(tables) || tables.limit() < 4))) {
      throw BadImage.damaged("its JPEG strips or tiles are wrong");
    }
    int shared = Math.max(0, tables.limit() - 2 * MARKER);
    boolean transformed = tags.number(PHOTOMETRIC, 0) == YCBCR;
    BytePointer bytes = new BytePointer(18L + shared + data.limit() - MARKER);
    ByteBuffer jpeg = bytes.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
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
