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
    double[] rows = new double[values.length];
    for (int y = 0; y < side; y++) {
      sumOfFive(values, y * side, 1, rows);
    }
    double[] sums = new double[values.length];
    for (int x = 0; x < side; x++) {
      sumOfFive(rows, x, side, sums);
    }
    for (int at = 0; at < sums.length; at++) {
      sums[at] = values[at] - sums[at] / 25;
    }
    return new GrayImage(side, sums);
  }

  // Of each value of a line and the two on either side; a line goes on as it ends.
  private void sumOfFive(double[] from, int start, int step, double[] to) {
    for (int k = 0; k < side; k++) {
      if (k >= 2 && k < side - 2) {
        int at = start + k * step;
        to[at] =
            from[at - 2 * step]
                + from[at - step]
                + from[at]
                + from[at + step]
                + from[at + 2 * step];
      } else {
        double sum = 0;
        for (int d = -2; d <= 2; d++) {
          sum += from[start + Math.max(0, Math.min(side - 1, k + d)) * step];
        }
        to[start + k * step] = sum;
      }
    }
  }
}
