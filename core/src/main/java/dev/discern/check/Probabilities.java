package dev.discern.check;

/**
 * The probabilities that classifiers gave to images they were not trained on.
 *
 * @param values {@code [N, K]}, row-major; each row sums to 1
 * @param classes K
 */
@SuppressWarnings("ArrayRecordComponent") // large, and never compared
public record Probabilities(float[] values, int classes) {
  /**
   * The number of images.
   *
   * @return N
   */
  public int size() {
    return values.length / classes;
  }

  /**
   * The probability of a class.
   *
   * @param i the image
   * @param k the class
   * @return in [0, 1]
   */
  public float of(int i, int k) {
    return values[i * classes + k];
  }

  /** The most likely class of an image; of equal ones the first. */
  int likeliest(int i) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = of(i, k) > of(i, best) ? k : best;
    }
    return best;
  }
}
