package dev.discern.scale;

/**
 * How an image becomes a network's input: a rectangle of the source, scaled, of which a window is
 * kept around the center.
 *
 * <p>For square sizes this is torchvision's {@code Resize(round(size / ratio))} and {@code
 * CenterCrop(size)}, with the same rounding of the longer side (down) and of the offset (half to
 * even). For other sizes, the image is scaled to cover {@code round(height / ratio)} by {@code
 * round(width / ratio)}.
 *
 * <p>Deviations: an image that already has the wanted size is not changed, whatever the ratio; and
 * a long strip is cropped before it is scaled, so that the image in between is at most four times
 * as long as needed.
 *
 * @param source the rectangle to scale
 * @param height rows to scale it to
 * @param width columns to scale it to
 * @param window the part of the result to keep
 */
public record CenterPlan(Box source, int height, int width, Box window) {
  private static final int MOST_ELONGATED = 4;

  /**
   * Plans.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param wantedHeight rows of the network's input
   * @param wantedWidth columns of the network's input
   * @param ratio the share of the scaled image that is kept along each side, in [0.1, 1]
   * @return the plan
   */
  public static CenterPlan of(
      int height, int width, int wantedHeight, int wantedWidth, double ratio) {
    if (height == wantedHeight && width == wantedWidth) {
      Box whole = new Box(0, 0, height, width);
      return new CenterPlan(whole, height, width, whole);
    }
    long coverHeight = cover(wantedHeight, ratio);
    long coverWidth = cover(wantedWidth, ratio);
    Box source = source(height, width, coverHeight, coverWidth);
    boolean wide = source.width() * coverHeight >= source.height() * coverWidth;
    long scaledHeight = wide ? coverHeight : coverWidth * source.height() / source.width();
    long scaledWidth = wide ? coverHeight * source.width() / source.height() : coverWidth;
    return new CenterPlan(
        source,
        Math.toIntExact(scaledHeight),
        Math.toIntExact(scaledWidth),
        new Box(
            offset(scaledHeight, wantedHeight),
            offset(scaledWidth, wantedWidth),
            wantedHeight,
            wantedWidth));
  }

  /**
   * The side that the scaled image covers.
   *
   * @param wanted the side of the network's input
   * @param ratio the share that is kept
   * @return pixels
   */
  public static int cover(int wanted, double ratio) {
    return Math.toIntExact(Math.round(wanted / ratio));
  }

  private static Box source(int height, int width, long coverHeight, long coverWidth) {
    long mostWidth = Math.max(1, MOST_ELONGATED * coverWidth * height / coverHeight);
    long mostHeight = Math.max(1, MOST_ELONGATED * coverHeight * width / coverWidth);
    int keptHeight = (int) Math.min(height, mostHeight);
    int keptWidth = (int) Math.min(width, mostWidth);
    return new Box((height - keptHeight) / 2, (width - keptWidth) / 2, keptHeight, keptWidth);
  }

  /**
   * The offset of a central window.
   *
   * @param scaled the side of the image
   * @param kept the side of the window, at most as long
   * @return its first row or column, half rounded to even
   */
  public static int offset(long scaled, int kept) {
    return (int) Math.rint((scaled - kept) / 2.0);
  }
}
