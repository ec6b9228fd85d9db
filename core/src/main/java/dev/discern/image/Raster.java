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
   * Crops, then scales the crop. A crop of the whole raster at its own size copies the pixels.
   *
   * @param crop what to keep; lies inside the raster
   * @param height rows of the result
   * @param width columns of the result
   * @param interpolation the filter, with antialiasing, as Pillow's {@code resize(box=...)}
   * @return new pixels
   */
  Pixels scaled(Crop crop, int height, int width, Interpolation interpolation);

  @Override
  void close();
}
