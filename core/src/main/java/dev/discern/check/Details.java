package dev.discern.check;

import java.util.Arrays;

/** Compares the details of images: what remains of them without their large areas. */
final class Details {
  // Near the edge, the detail depends on pixels that the other image lacks.
  private static final int MARGIN = 2;

  private Details() {}

  /**
   * The correlation of the details of two images of equal size where they overlap.
   *
   * @param whole an image
   * @param part another
   * @param placement where it lies on the first
   * @return at most 1; 0 if one of them has no details
   */
  static double correlation(GrayImage whole, GrayImage part, Placement placement) {
    int side = part.side();
    boolean[] shared = new boolean[side * side];
    GrayImage moved =
        placement.equals(Placement.SAME)
            ? unmoved(whole, shared)
            : moved(whole, side, placement, shared);
    return correlation(moved.detail().values(), part.detail().values(), shared);
  }

  // What moved() gives, at a third of the time: nearly all candidates end here.
  private static GrayImage unmoved(GrayImage whole, boolean[] shared) {
    int side = whole.side();
    for (int y = MARGIN; y < side - MARGIN; y++) {
      Arrays.fill(shared, y * side + MARGIN, (y + 1) * side - MARGIN, true);
    }
    return whole;
  }

  // The image as it lies under the other, and which of those pixels both of them have.
  private static GrayImage moved(GrayImage whole, int side, Placement placement, boolean[] shared) {
    double[] moved = new double[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = placement.x(x, side);
        double v = placement.y(y, side);
        boolean inside = whole.contains(u, v);
        moved[y * side + x] = whole.between(clamped(u, side), clamped(v, side));
        shared[y * side + x] = inside && isInner(x, side) && isInner(y, side);
      }
    }
    return new GrayImage(side, moved);
  }

  private static double clamped(double at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }

  private static boolean isInner(int at, int side) {
    return at >= MARGIN && at < side - MARGIN;
  }

  private static double correlation(double[] a, double[] b, boolean[] used) {
    double n = 0;
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int i = 0; i < a.length; i++) {
      if (used[i]) {
        n++;
        sumA += a[i];
        sumB += b[i];
        squaresA += a[i] * a[i];
        squaresB += b[i] * b[i];
        products += a[i] * b[i];
      }
    }
    double variances = (squaresA - sumA * sumA / n) * (squaresB - sumB * sumB / n);
    return n == 0 || variances <= 1e-6 ? 0 : (products - sumA * sumB / n) / Math.sqrt(variances);
  }
}
