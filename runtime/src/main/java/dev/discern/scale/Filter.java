package dev.discern.scale;

/** The kernels by which pixels are averaged; Pillow's, scaled with the image when it shrinks. */
public enum Filter {
  /** The mean of the area that a pixel covers, source pixels in part: OpenCV's, to shrink. */
  AREA(0.5) {
    @Override
    double at(double x) {
      throw new UnsupportedOperationException("Weights measures areas.");
    }
  },
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double at(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** A cubic with a = −0.5 (Keys, 1981). */
  BICUBIC(2) {
    @Override
    double at(double x) {
      double d = Math.abs(x);
      if (d < 1) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  private final double support;

  Filter(double support) {
    this.support = support;
  }

  /** Half the kernel's width, in pixels of the smaller image. */
  double support() {
    return support;
  }

  abstract double at(double x);
}
