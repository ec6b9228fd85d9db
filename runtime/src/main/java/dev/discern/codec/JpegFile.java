package dev.discern.codec;

import java.nio.ByteBuffer;

/**
 * A JPEG file (ITU-T T.81). Walks its markers up to the end of the image first: the native decoder
 * fills the missing part of a truncated file with gray and reports that only on standard error.
 *
 * @param width columns as stored
 * @param height rows as stored
 * @param components 1 gray, 3 color, 4 CMYK or YCCK
 * @param progressive whether the decoder keeps all coefficients
 * @param coefficients the number of coefficients
 * @param orientation the EXIF orientation
 * @param scan the offset of the first scan
 */
public record JpegFile(
    int width,
    int height,
    int components,
    boolean progressive,
    long coefficients,
    int orientation,
    int scan)
    implements Picture {
  // Each pass over a progressive image costs time; libjpeg-turbo's own tools stop at 500 scans.
  private static final long MAX_SCANNED_PIXELS = 4_000_000_000L;
  private static final int MAX_SCANS = 500;

  /**
   * Reads the header.
   *
   * @param file starts as a JPEG
   * @return the header
   * @throws BadImage if it is truncated, damaged, or an unsupported variant
   */
  static JpegFile of(ByteBuffer file) throws BadImage {
    return new JpegHeader(new JpegMarkers(file)).read();
  }

  @Override
  public long nativeBytes() {
    return (long) width * height * Math.min(components, 3) + (progressive ? 2 * coefficients : 0);
  }

  /**
   * Refuses a truncated file, and more scans than a sane encoder writes.
   *
   * @param file the whole file
   * @throws BadImage if it must not be decoded
   */
  public void checkScans(ByteBuffer file) throws BadImage {
    JpegMarkers markers = new JpegMarkers(file);
    markers.seek(scan);
    int scans = 0;
    for (int marker = markers.next(); marker != JpegMarkers.END; marker = markers.next()) {
      markers.segment();
      scans += marker == JpegMarkers.SCAN ? 1 : 0;
    }
    if (scans > MAX_SCANS || (long) width * height * scans > MAX_SCANNED_PIXELS) {
      throw new BadImage("is a JPEG file of " + scans + " scans, too many. Save it again");
    }
  }
}
