package dev.discern.check;

import java.util.Optional;

/**
 * Finds where one image lies on another by least squares, coarse to fine: the method of Lucas and
 * Kanade, An Iterative Image Registration Technique (1981), with two scales, a shift, and a gain
 * and an offset of brightness.
 */
final class Registration {
  private static final int LEVELS = 3;
  private static final int ITERATIONS = 8;
  private static final int UNKNOWNS = 6;
  private static final double LEAST_GAIN = 0.2;
  private static final double RIDGE = 1e-3;
  private static final double SETTLED = 0.01;

  // Of details at a coarse level. Of 100 pictures cropped by a tenth, 99 reach it; of neighbors in
  // feature space that are not copies, one in ten (docs/check.md).
  private static final double PROMISING = 0.6;

  private Registration() {}

  /**
   * Registers two images of equal size.
   *
   * @param whole the image that is sampled
   * @param part the image whose pixels are looked for
   * @return where {@code part} lies on {@code whole}, or empty if the search does not converge, or
   *     the images do not agree at a coarse level
   */
  static Optional<Placement> of(GrayImage whole, GrayImage part) {
    GrayImage[] wholes = pyramid(whole);
    GrayImage[] parts = pyramid(part);
    Placement placement = Placement.SAME;
    for (int level = LEVELS - 1; level >= 0; level--) {
      Optional<Placement> refined = refined(wholes[level], parts[level], placement);
      if (refined.isEmpty() || level == 0) {
        return refined;
      }
      if (Details.correlation(wholes[level], parts[level], refined.get()) < PROMISING) {
        return Optional.empty();
      }
      placement = refined.get().doubled();
    }
    return Optional.of(placement);
  }

  private static GrayImage[] pyramid(GrayImage image) {
    GrayImage[] levels = new GrayImage[LEVELS];
    levels[0] = image;
    for (int level = 1; level < LEVELS; level++) {
      levels[level] = levels[level - 1].halved();
    }
    return levels;
  }

  private static Optional<Placement> refined(GrayImage whole, GrayImage part, Placement start) {
    Placement placement = start;
    for (int k = 0; k < ITERATIONS; k++) {
      double[] solved = step(whole, part, placement);
      double gain = solved[4];
      if (Math.abs(gain) < LEAST_GAIN) {
        return Optional.empty();
      }
      double[] step = new double[4];
      for (int p = 0; p < step.length; p++) {
        step[p] = solved[p] / gain;
      }
      Placement before = placement;
      placement = placement.moved(step, part.side());
      if (!placement.isUsable(part.side())) {
        return Optional.empty();
      }
      if (placement.isNear(before, SETTLED)) {
        break;
      }
    }
    return Optional.of(placement);
  }

  // part(x, y) ≈ gain · whole(place + step) + offset, linear in gain · step, gain and offset.
  private static double[] step(GrayImage whole, GrayImage part, Placement at) {
    int side = part.side();
    double center = (side - 1) / 2.0;
    double[][] normal = new double[UNKNOWNS][UNKNOWNS + 1];
    double[] row = new double[UNKNOWNS];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = at.x(x, side);
        double v = at.y(y, side);
        if (whole.contains(u - 1, v - 1) && whole.contains(u + 1, v + 1)) {
          double dx = (whole.between(u + 1, v) - whole.between(u - 1, v)) / 2;
          double dy = (whole.between(u, v + 1) - whole.between(u, v - 1)) / 2;
          row[0] = dx * (x - center);
          row[1] = dy * (y - center);
          row[2] = dx;
          row[3] = dy;
          row[4] = whole.between(u, v);
          row[5] = 1;
          add(normal, row, part.at(x, y));
        }
      }
    }
    return solved(normal);
  }

  private static void add(double[][] normal, double[] row, double value) {
    for (int i = 0; i < UNKNOWNS; i++) {
      for (int j = i; j < UNKNOWNS; j++) {
        normal[i][j] += row[i] * row[j];
      }
      normal[i][UNKNOWNS] += row[i] * value;
    }
  }

  // Elimination without exchange of rows: the matrix is positive definite by its ridge.
  private static double[] solved(double[][] normal) {
    for (int i = 0; i < UNKNOWNS; i++) {
      normal[i][i] += RIDGE;
      for (int j = 0; j < i; j++) {
        normal[i][j] = normal[j][i];
      }
    }
    for (int i = 0; i < UNKNOWNS; i++) {
      for (int k = i + 1; k < UNKNOWNS; k++) {
        double factor = normal[k][i] / normal[i][i];
        for (int j = i; j <= UNKNOWNS; j++) {
          normal[k][j] -= factor * normal[i][j];
        }
      }
    }
    double[] solved = new double[UNKNOWNS];
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
      double sum = normal[i][UNKNOWNS];
      for (int j = i + 1; j < UNKNOWNS; j++) {
        sum -= normal[i][j] * solved[j];
      }
      solved[i] = sum / normal[i][i];
    }
    return solved;
  }
}
