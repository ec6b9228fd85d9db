package dev.discern.check;

/**
 * A square gray image in floating point.
 *
 * @param side rows and columns
 * @param values {@code [side, side]}, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record GrayImage(int side, double[] values) {
  /** The gray copy of a sketch. */
  static GrayImage of(Sketch sketch) {
    double[] values = new double[sketch.gray().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sketch.gray()[i] & 0xff;
    }
    return new GrayImage(Sketch.SIDE, values);
  }

  double at(int x, int y) {
    return values[y * side + x];
  }

  /** The value between pixels, which lie at whole coordinates; must be inside the image. */
  double between(double x, double y) {
    int left = Math.min((int) x, side - 2);
    int top = Math.min((int) y, side - 2);
    double right = x - left;
    double down = y - top;
    return (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down)
        + (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down;
  }

  boolean contains(double x, double y) {
    return x >= 0 && y >= 0 && x <= side - 1 && y <= side - 1;
  }

  /** The image mirrored left to right. */
  GrayImage mirrored() {
    double[] mirrored = new double[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        mirrored[y * side + x] = at(side - 1 - x, y);
      }
    }
    return new GrayImage(side, mirrored);
  }

  /** The image at half its size, each pixel the mean of four. */
  GrayImage halved() {
    int half = side / 2;
    double[] small = new double[half * half];
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        small[y * half + x] =
            (at(2 * x, 2 * y)
                    + at(2 * x + 1, 2 * y)
                    + at(2 * x, 2 * y + 1)
                    + at(2 * x + 1, 2 * y + 1))
                / 4;
      }
    }
    return new GrayImage(half, small);
  }

  /** What remains of each pixel without the mean of the 5 by 5 pixels around it: the detail. */
  GrayImage detail() {
    double[] detail = new double[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        detail[y * side + x] = at(x, y) - meanAround(x, y);
      }
    }
    return new GrayImage(side, detail);
  }

  private double meanAround(int x, int y) {
    double sum = 0;
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        sum += at(clamped(x + dx), clamped(y + dy));
      }
    }
    return sum / 25;
  }

  private int clamped(int at) {
    return Math.max(0, Math.min(side - 1, at));
  }
}
