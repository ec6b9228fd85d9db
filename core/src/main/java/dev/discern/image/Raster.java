package dev.discern.image;

/**
 * A decoded image that is about to be cropped and scaled. Its pixels may live outside of the Java
 * heap until it is closed. For one thread.
 */
public interface Raster extends AutoCloseable {
  /**
   * The rows, after EXIF orientation was applied.
   *
   * @return at least 1
   */
  int height();

  /**
   * The columns, after EXIF orientation was applied.
   *
   * @return at least 1
   */
  int width();

  /**
   * Crops, then scales the crop, which sees no pixel outside of it: Pillow's {@code
   * crop(box).resize(size)}, as torchvision's crops do. A crop at its own size is copied.
   *
   * @param crop what to keep; lies inside the raster
   * @param height rows of the result
   * @param width columns of the result
   * @param interpolation the filter, with antialiasing; within 1 of 255 of Pillow's
   * @return new pixels
   */
  Pixels scaled(Crop crop, int height, int width, Interpolation interpolation);

  @Override
  void close();
}
