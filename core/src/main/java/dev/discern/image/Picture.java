package dev.discern.image;

import org.bytedeco.opencv.opencv_core.Mat;

/** The parsed header of an image file. Nothing is decoded yet. */
interface Picture {
  /** Columns as stored, before orientation. */
  int width();

  /** Rows as stored, before orientation. */
  int height();

  /** The EXIF orientation, 1 to 8; 1 if the file has none. */
  int orientation();

  /** An upper bound, in bytes, for what {@link #decode} allocates outside the Java heap. */
  long nativeBytes();

  /**
   * Decodes the pixels.
   *
   * @param file the file that the header was read from
   * @param reduction 1, 2, 4 or 8: the decoder may, but need not, return an image that is this much
   *     smaller in both directions, rounded up
   * @return 8 bits per channel; 1 channel (gray) or 3 (red, green, blue); as stored, before
   *     orientation; owned by the caller's {@code PointerScope}
   * @throws BadImage if the file is truncated, damaged, or an unsupported variant
   */
  Mat decode(FileBytes file, int reduction) throws BadImage;
}
