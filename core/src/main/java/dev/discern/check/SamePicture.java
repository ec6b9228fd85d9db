package dev.discern.check;

import java.util.Optional;

/**
 * Decides whether two images show the same picture. Their details are compared where one lies on
 * the other: two photographs of like scenes agree in their large areas, but not in their detail.
 */
final class SamePicture {
  /** The correlation of details from which on two images are the same picture. */
  static final double LEAST_CORRELATION = 0.85;

  // Near the edge, the detail depends on pixels that the other image lacks.
  private static final int MARGIN = 2;

  private SamePicture() {}

  /** How one image was made of another, or both of a third. */
  enum Change {
    /** Compressed or scaled, perhaps into another shape, or recolored. */
    ENCODED("re-encoded or resized"),
    /** Mirrored left to right, and perhaps compressed or scaled. */
    MIRRORED("mirrored"),
    /** A part of the picture, perhaps compressed, scaled or mirrored. */
    CROPPED("cropped");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    /** How a sentence names the change. */
    String words() {
      return words;
    }
  }

  /**
   * A match.
   *
   * @param change how the images differ
   * @param correlation of their details, up to 1
   */
  record Match(Change change, double correlation) {}

  /**
   * Compares two images.
   *
   * @param a an image
   * @param b another
   * @return the best match, or empty if the images show different pictures
   */
  static Optional<Match> of(Sketch a, Sketch b) {
    GrayImage whole = GrayImage.of(a);
    GrayImage part = GrayImage.of(b);
    Match best = better(matched(whole, part, false), matched(whole, part.mirrored(), true));
    return best.correlation() >= LEAST_CORRELATION ? Optional.of(best) : Optional.empty();
  }

  private static Match matched(GrayImage whole, GrayImage part, boolean mirrored) {
    Change still = mirrored ? Change.MIRRORED : Change.ENCODED;
    Match unmoved = new Match(still, correlation(whole, part, Placement.SAME));
    return Registration.of(whole, part)
        .map(
            placement ->
                better(
                    unmoved,
                    new Match(
                        placement.isWhole(part.side()) ? still : Change.CROPPED,
                        correlation(whole, part, placement))))
        .orElse(unmoved);
  }

  private static Match better(Match a, Match b) {
    return b.correlation() > a.correlation() ? b : a;
  }

  private static double correlation(GrayImage whole, GrayImage part, Placement placement) {
    int side = part.side();
    double[] moved = new double[side * side];
    boolean[] shared = new boolean[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = placement.x(x, side);
        double v = placement.y(y, side);
        boolean inside = whole.contains(u, v);
        moved[y * side + x] = whole.between(clamped(u, side), clamped(v, side));
        shared[y * side + x] = inside && isInner(x, side) && isInner(y, side);
      }
    }
    return correlation(
        new GrayImage(side, moved).detail().values(), part.detail().values(), shared);
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
