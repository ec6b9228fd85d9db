package dev.discern.image;

/** Checks of crops. */
final class Crops {
  private Crops() {}

  /** Refuses a crop that is not inside its raster, before anything native reads it. */
  static void require(Crop crop, Raster raster) {
    boolean inside =
        crop.top() >= 0
            && crop.left() >= 0
            && crop.height() >= 1
            && crop.width() >= 1
            && crop.height() <= raster.height() - crop.top()
            && crop.width() <= raster.width() - crop.left();
    if (!inside) {
      throw new IllegalArgumentException(
          crop + " is not inside " + raster.height() + "x" + raster.width() + " pixels.");
    }
  }
}
