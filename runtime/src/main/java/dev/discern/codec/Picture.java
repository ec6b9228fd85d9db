package dev.discern.codec;

import java.nio.ByteBuffer;

/** The parsed header of an image file. Nothing is decoded yet. */
public sealed interface Picture permits JpegFile, PngFile, WebpFile, Picture.Drawn {
  /**
   * Columns as stored, before orientation.
   *
   * @return from 1 to {@link Limits#MAX_SIDE}
   */
  int width();

  /**
   * Rows as stored, before orientation.
   *
   * @return from 1 to {@link Limits#MAX_SIDE}
   */
  int height();

  /**
   * The EXIF orientation.
   *
   * @return 1 to 8; 1 if the file has none
   */
  int orientation();

  /**
   * An upper bound for what decoding allocates outside the Java heap.
   *
   * @return bytes
   */
  long nativeBytes();

  /** A picture that is decoded here, row by row. */
  sealed interface Drawn extends Picture permits BmpFile, GifFile, TiffFile {
    /**
     * The number of channels.
     *
     * @return 1 (gray) or 3 (red, green, blue)
     * @throws BadImage if the colors are damaged, or an unsupported variant
     */
    int channels() throws BadImage;

    /**
     * Decodes the pixels, as stored, before orientation.
     *
     * @param file the file that the header was read from
     * @param canvas receives the rows
     * @param jpeg decodes parts in JPEG compression
     * @throws BadImage if the file is truncated, damaged, or an unsupported variant
     */
    void draw(ByteBuffer file, Canvas canvas, JpegDecoder jpeg) throws BadImage;
  }

  /** Receives pixels. */
  interface Canvas {
    /**
     * Stores a part of a row. Rows may come in any order, and more than once.
     *
     * @param y the row
     * @param left the first column
     * @param samples interleaved channels, valid during the call
     */
    void row(int y, int left, byte[] samples);
  }

  /** Decodes a JPEG image. */
  interface JpegDecoder {
    /**
     * Decodes.
     *
     * @param jpeg the whole file
     * @param header its header, whose scans were checked
     * @return interleaved channels, 1 for gray and 3 for color; as large as the header says
     * @throws BadImage if it is damaged
     */
    byte[] decode(byte[] jpeg, JpegFile header) throws BadImage;
  }
}
