package dev.discern.check;

/**
 * Where one image lies on another: a pixel {@code (x, y)} of the one, counted from its center, is
 * the pixel {@code (scaleX·x + shiftX, scaleY·y + shiftY)} of the other.
 *
 * @param scaleX columns of the other per column of the one
 * @param scaleY rows of the other per row of the one
 * @param shiftX columns
 * @param shiftY rows
 */
record Placement(double scaleX, double scaleY, double shiftX, double shiftY) {
  /** The images cover each other. */
  static final Placement SAME = new Placement(1, 1, 0, 0);

  private static final double LEAST_SCALE = 0.6;
  private static final double MOST_SCALE = 1.6;
  private static final double MOST_SHIFT = 0.3;
  private static final double STEP = 0.1;

  /** The column of the other image. */
  double x(int column, int side) {
    double center = (side - 1) / 2.0;
    return (column - center) * scaleX + center + shiftX;
  }

  /** The row of the other image. */
  double y(int row, int side) {
    double center = (side - 1) / 2.0;
    return (row - center) * scaleY + center + shiftY;
  }

  /** The same place in images of twice the size. */
  Placement doubled() {
    return new Placement(scaleX, scaleY, 2 * shiftX, 2 * shiftY);
  }

  /** Changed by a step, none of whose parts is larger than a tenth of the image. */
  Placement moved(double[] step, int side) {
    return new Placement(
        scaleX + limited(step[0], STEP),
        scaleY + limited(step[1], STEP),
        shiftX + limited(step[2], STEP * side),
        shiftY + limited(step[3], STEP * side));
  }

  private static double limited(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  /** Whether no corner of the image moved by more than a distance, in pixels of a small image. */
  boolean isNear(Placement other, double distance) {
    return Math.abs(shiftX - other.shiftX) < distance
        && Math.abs(shiftY - other.shiftY) < distance
        && Math.abs(scaleX - other.scaleX) < distance / 32
        && Math.abs(scaleY - other.scaleY) < distance / 32;
  }

  /** Whether enough of the images overlaps for a comparison. */
  boolean isUsable(int side) {
    return scaleX > LEAST_SCALE
        && scaleX < MOST_SCALE
        && scaleY > LEAST_SCALE
        && scaleY < MOST_SCALE
        && Math.abs(shiftX) < MOST_SHIFT * side
        && Math.abs(shiftY) < MOST_SHIFT * side;
  }

  /** Whether the images show the same section, but for about a fortieth of a side. */
  boolean isWhole(int side) {
    return Math.abs(scaleX - 1) < 0.05
        && Math.abs(scaleY - 1) < 0.05
        && Math.abs(shiftX) < 0.025 * side
        && Math.abs(shiftY) < 0.025 * side;
  }
}
