package dev.discern.check;

/**
 * A 63-bit hash that changes little when an image is compressed again or scaled: the signs of its
 * lowest frequencies, horizontally and vertically 0 to 7, without the mean.
 *
 * <p>Source: the DCT hash of Zauner, Implementation and Benchmarking of Perceptual Image Hash
 * Functions (2010), section 3.2.1, with the sign in place of a comparison with the median. A cosine
 * of odd frequency changes its sign when the image is mirrored, so the mirrored image's hash
 * follows from the image's own.
 */
final class PerceptualHash {
  /** The side of the image that is hashed. */
  static final int SIDE = 32;

  private static final int FREQUENCIES = 8;
  private static final double[][] COSINES = cosines();
  private static final long ODD = odd();

  private PerceptualHash() {}

  /**
   * Hashes an image.
   *
   * @param luma {@code [32, 32]}, row-major
   * @return the hash; the highest bit is 0
   */
  static long of(double[] luma) {
    double[][] rows = new double[SIDE][FREQUENCIES];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < FREQUENCIES; u++) {
        for (int x = 0; x < SIDE; x++) {
          rows[y][u] += COSINES[u][x] * luma[y * SIDE + x];
        }
      }
    }
    long hash = 0;
    for (int at = 1; at < FREQUENCIES * FREQUENCIES; at++) {
      int u = at % FREQUENCIES;
      double sum = 0;
      for (int y = 0; y < SIDE; y++) {
        sum += COSINES[at / FREQUENCIES][y] * rows[y][u];
      }
      hash |= sum > 0 ? 1L << (at - 1) : 0;
    }
    return hash;
  }

  /**
   * The hash of the image mirrored left to right, unless a frequency's sum is exactly 0.
   *
   * @param hash the hash of the image
   * @return the other hash
   */
  static long mirrored(long hash) {
    return hash ^ ODD;
  }

  /**
   * The number of frequencies whose signs differ.
   *
   * @param a a hash
   * @param b another
   * @return 0 to 63
   */
  static int distance(long a, long b) {
    return Long.bitCount(a ^ b);
  }

  private static double[][] cosines() {
    double[][] cosines = new double[FREQUENCIES][SIDE];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = Math.cos(Math.PI * u * (2 * x + 1) / (2 * SIDE));
      }
    }
    return cosines;
  }

  private static long odd() {
    long odd = 0;
    for (int at = 1; at < FREQUENCIES * FREQUENCIES; at++) {
      odd |= at % FREQUENCIES % 2 == 1 ? 1L << (at - 1) : 0;
    }
    return odd;
  }
}
