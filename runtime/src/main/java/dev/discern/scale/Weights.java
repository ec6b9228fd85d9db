package dev.discern.scale;

/**
 * The weights of one direction: which source pixels make each pixel of the result. Fixed point, as
 * in Pillow's {@code precompute_coeffs} and {@code normalize_coeffs_8bpc}.
 *
 * @param first the first source pixel of each pixel of the result
 * @param count how many source pixels follow from there
 * @param values the weights of pixel p start at {@code p * stride}; they sum to 1
 * @param stride the largest count
 */
@SuppressWarnings("ArrayRecordComponent") // computed once per image, never compared
record Weights(int[] first, int[] count, int[] values, int stride) {
  /** Bits after the point: 8 bits of a sample, 2 for sums beyond them. */
  static final int BITS = 32 - 8 - 2;

  static final int HALF = 1 << (BITS - 1);

  /**
   * Computes weights.
   *
   * @param filter the kernel
   * @param source the length of the source
   * @param scaled the length that it is scaled to
   * @param from the first pixel that is kept of the result
   * @param kept how many pixels are kept
   */
  static Weights of(Filter filter, int source, int scaled, int from, int kept) {
    if (filter == Filter.AREA) {
      return areas(source, scaled, from, kept);
    }
    double scale = (double) source / scaled;
    double stretch = Math.max(1, scale);
    double support = filter.support() * stretch;
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] first = new int[kept];
    int[] count = new int[kept];
    int[] values = new int[kept * stride];
    double[] exact = new double[stride];
    for (int p = 0; p < kept; p++) {
      double center = (from + p + 0.5) * scale;
      int low = Math.max(0, (int) (center - support + 0.5));
      int high = Math.min(source, (int) (center + support + 0.5));
      double sum = 0;
      for (int k = 0; k < high - low; k++) {
        exact[k] = filter.at((k + low - center + 0.5) / stretch);
        sum += exact[k];
      }
      first[p] = low;
      count[p] = high - low;
      for (int k = 0; k < high - low; k++) {
        values[p * stride + k] = (int) Math.rint(exact[k] / sum * (1 << BITS));
      }
    }
    return new Weights(first, count, values, stride);
  }

  private static Weights areas(int source, int scaled, int from, int kept) {
    double scale = (double) source / scaled;
    int stride = (int) Math.ceil(scale) + 1;
    int[] first = new int[kept];
    int[] count = new int[kept];
    int[] values = new int[kept * stride];
    for (int p = 0; p < kept; p++) {
      double start = (from + p) * scale;
      double end = start + scale;
      int low = (int) start;
      int high = Math.min(source, (int) Math.ceil(end - 1e-9));
      first[p] = low;
      count[p] = high - low;
      for (int k = low; k < high; k++) {
        double part = Math.min(k + 1, end) - Math.max(k, start);
        values[p * stride + k - low] = (int) Math.rint(part / scale * (1 << BITS));
      }
    }
    return new Weights(first, count, values, stride);
  }

  /** The source pixel behind the last one that any kept pixel needs. */
  int end() {
    int last = first.length - 1;
    return first[last] + count[last];
  }
}
