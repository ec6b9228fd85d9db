package dev.discern.image;

/**
 * A decoded image, to be cropped and scaled. Its pixels may be outside the Java heap until it is
 * closed. Not safe for use by several threads.
 */
public interface Raster extends AutoCloseable {
  /**
   * The number of rows after applying the EXIF orientation.
   *
   * @return at least 1
   */
  int height();

  /**
   * The number of columns after applying the EXIF orientation.
   *
   * @return at least 1
   */
  int width();

  /**
   * Crops, then scales the crop, which uses no pixel outside it: Pillow's {@code
   * crop(box).resize(size)}, as torchvision's crops do. A crop at its own size is copied.
   *
   * @param crop the rectangle to keep, which lies inside the raster
   * @param height rows of the result
   * @param width columns of the result
   * @param interpolation the filter, with antialiasing; within 1 of 255 of Pillow's
   * @return new pixels
   */
  Pixels scaled(Crop crop, int height, int width, Interpolation interpolation);

  @Override
  void close();
}
