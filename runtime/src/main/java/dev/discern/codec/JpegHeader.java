package dev.discern.codec;

import java.nio.ByteBuffer;

/** Reads the segments of a JPEG file up to its first scan. */
final class JpegHeader {
  private static final int APP1 = 0xe1;
  private static final long EXIF = 0x4578_6966_0000L; // "Exif", 0, 0

  private final JpegMarkers markers;
  private int frame = -1;
  private int width;
  private int height;
  private int components;
  private long coefficients;
  private int orientation;

  JpegHeader(JpegMarkers markers) {
    this.markers = markers;
  }

  JpegFile read() throws BadImage {
    for (int marker = markers.next(); marker != JpegMarkers.SCAN; marker = markers.next()) {
      if (marker == JpegMarkers.END) {
        throw BadImage.damaged("it is a JPEG file without a picture");
      }
      ByteBuffer segment = markers.segment();
      if (isFrame(marker)) {
        frame(marker, segment);
      } else if (marker == APP1 && orientation == 0 && isExif(segment)) {
        orientation = Exif.orientation(segment.slice(6, segment.limit() - 6));
      }
    }
    if (frame < 0) {
      throw BadImage.damaged("it is a JPEG file without a picture");
    }
    return new JpegFile(
        width,
        height,
        components,
        frame == 0xc2,
        coefficients,
        Math.max(1, orientation),
        markers.position());
  }

  private static boolean isExif(ByteBuffer segment) {
    return segment.limit() > 8 && segment.getLong(0) >>> 16 == EXIF;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void frame(int marker, ByteBuffer segment) throws BadImage {
    if (frame >= 0 || segment.limit() < 6 || segment.limit() < 6 + 3 * (segment.get(5) & 0xff)) {
      throw BadImage.damaged("its JPEG frame header is wrong");
    }
    frame = marker;
    int precision = segment.get(0);
    height = segment.getShort(1) & 0xffff;
    width = segment.getShort(3) & 0xffff;
    components = segment.get(5) & 0xff;
    if (marker > 0xc2 || precision != 8 || components == 2 || components > 4 || components == 0) {
      throw BadImage.unread(
          "a JPEG of "
              + precision
              + " bits and "
              + components
              + " components"
              + (marker > 0xc2 ? " in an unusual coding" : ""));
    }
    countCoefficients(segment);
  }

  // Each component is stored at its share of the largest sampling factors.
  private void countCoefficients(ByteBuffer segment) throws BadImage {
    int largest = 0;
    int sum = 0;
    for (int c = 0; c < components; c++) {
      int factors = segment.get(7 + 3 * c) & 0xff;
      int horizontal = factors >> 4;
      int vertical = factors & 0xf;
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
        throw BadImage.damaged("its JPEG sampling factors are wrong");
      }
      largest = Math.max(largest, horizontal * vertical);
      sum += horizontal * vertical;
    }
    coefficients = (long) width * height * sum / largest;
  }
}
