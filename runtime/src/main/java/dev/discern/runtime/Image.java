package dev.discern.runtime;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * An image to classify, decoded or not.
 *
 * <p>Files are recognized by their content: JPEG (CMYK too), PNG, WebP, BMP, GIF and TIFF. EXIF
 * orientation is applied, transparent images are composited on white, color profiles are ignored.
 */
public sealed interface Image {
  /**
   * An image file.
   *
   * @param path the file
   */
  record File(Path path) implements Image {}

  /**
   * The bytes of an image file.
   *
   * @param bytes the file's content; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // large, handed on once, never compared
  record Bytes(byte[] bytes) implements Image {}

  /**
   * A stream of an image file, which is read once, to its end, and not closed.
   *
   * @param stream the file's content
   */
  record Stream(InputStream stream) implements Image {}

  /**
   * An image of Java's own.
   *
   * @param image of any type
   */
  record Buffered(BufferedImage image) implements Image {}

  /**
   * An image that is decoded already.
   *
   * @param pixels red, green, blue
   */
  record Decoded(Pixels pixels) implements Image {}

  /**
   * An image file.
   *
   * @param path the file
   * @return the image
   */
  static Image of(Path path) {
    return new File(path);
  }

  /**
   * The bytes of an image file.
   *
   * @param bytes the file's content; not copied
   * @return the image
   */
  static Image of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /**
   * A stream of an image file.
   *
   * @param stream is read once, to its end, and not closed
   * @return the image
   */
  static Image of(InputStream stream) {
    return new Stream(stream);
  }

  /**
   * An image of Java's own.
   *
   * @param image of any type
   * @return the image
   */
  static Image of(BufferedImage image) {
    return new Buffered(image);
  }

  /**
   * An image that is decoded already.
   *
   * @param pixels red, green, blue
   * @return the image
   */
  static Image of(Pixels pixels) {
    return new Decoded(pixels);
  }
}
