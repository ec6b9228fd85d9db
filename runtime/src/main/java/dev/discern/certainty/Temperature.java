package dev.discern.certainty;

/**
 * The one number that divides a network's logits, so that its probabilities match how often it is
 * right. It changes neither the order of the classes nor the accuracy.
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017,
 * equation 9. Dividing log-probabilities instead of logits gives the same softmax.
 *
 * @param value T, from {@value #LEAST} to {@value #MOST}; above 1 for a network that is too
 *     confident, as most are
 */
public record Temperature(double value) {
  /** The smallest temperature. */
  public static final double LEAST = 0.05;

  /** The largest temperature. */
  public static final double MOST = 20;

  /** Leaves probabilities as they are. */
  public static final Temperature NONE = new Temperature(1);

  private static final int STEPS = 100;
  private static final double PRECISION = 1e-12;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the value is outside, or NaN
   */
  public Temperature {
    if (!(value >= LEAST && value <= MOST)) {
      throw new IllegalArgumentException(
          "the temperature " + value + " is not from " + LEAST + " to " + MOST);
    }
  }

  /**
   * The temperature with the smallest negative log-likelihood of the true classes.
   *
   * <p>In {@code β = 1/T} the likelihood is concave, so Newton's method, kept within a bracket,
   * finds the only optimum; the same outputs give the same bits on any machine. If every image is
   * classified correctly, the likelihood grows with β without end: the images then do not determine
   * a temperature, and it is 1.
   *
   * @param outputs for images that the network was not trained on
   * @return the temperature, the nearest end of the range if the optimum is outside
   */
  public static Temperature fit(Outputs outputs) {
    if (outputs.areAllRight()) {
      return NONE;
    }
    double low = 1 / MOST;
    double high = 1 / LEAST;
    if (Slope.at(low, outputs).first() >= 0) {
      return new Temperature(MOST);
    }
    if (Slope.at(high, outputs).first() <= 0) {
      return new Temperature(LEAST);
    }
    double beta = 1;
    for (int step = 0; step < STEPS; step++) {
      Slope slope = Slope.at(beta, outputs);
      low = slope.first() < 0 ? beta : low;
      high = slope.first() < 0 ? high : beta;
      double next = beta - slope.first() / slope.second();
      next = next > low && next < high ? next : (low + high) / 2;
      boolean done = Math.abs(next - beta) <= PRECISION * beta;
      beta = next;
      if (done) {
        break;
      }
    }
    return new Temperature(1 / beta);
  }

  /** First and second derivative of the mean negative log-likelihood with respect to β. */
  private record Slope(double first, double second) {
    static Slope at(double beta, Outputs outputs) {
      double first = 0;
      double second = 0;
      for (int i = 0; i < outputs.images(); i++) {
        int row = i * outputs.classes();
        double[] p = softmax(outputs.logProbabilities(), row, outputs.classes(), beta);
        double mean = 0;
        double square = 0;
        for (int k = 0; k < p.length; k++) {
          double above = outputs.logProbabilities()[row + k] - outputs.ofTarget(i);
          mean += p[k] * above;
          square += p[k] * above * above;
        }
        first += mean;
        second += square - mean * mean;
      }
      return new Slope(first / outputs.images(), second / outputs.images());
    }
  }

  /**
   * The probabilities at this temperature.
   *
   * @param logProbabilities {@code [N, K]}, row-major: {@code ln p}, or logits
   * @param image the row
   * @param classes K
   * @return K probabilities, which sum to 1 but for rounding
   */
  public double[] probabilities(float[] logProbabilities, int image, int classes) {
    return softmax(logProbabilities, image * classes, classes, 1 / value);
  }

  // StrictMath: the same bits on every machine, in compiled and in interpreted code.
  private static double[] softmax(float[] values, int row, int classes, double beta) {
    float most = values[row];
    for (int k = 1; k < classes; k++) {
      most = Math.max(most, values[row + k]);
    }
    double[] p = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      p[k] = StrictMath.exp(beta * ((double) values[row + k] - most));
      sum += p[k];
    }
    for (int k = 0; k < classes; k++) {
      p[k] /= sum;
    }
    return p;
  }
}
