package dev.discern.certainty;

import java.util.SplittableRandom;

/** Outputs of a network whose probabilities would be true but for a known scaling. */
final class Drawn {
  private Drawn() {}

  /**
   * Draws logits, then each label from their softmax, then multiplies the logits.
   *
   * @param scale the temperature that makes the probabilities true again
   */
  static Outputs outputs(long seed, int images, int classes, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] logits = new float[images * classes];
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < classes; k++) {
        logits[i * classes + k] = (float) (1.5 * random.nextGaussian());
      }
      labels[i] = label(Temperature.NONE.probabilities(logits, i, classes), random.nextDouble());
    }
    for (int j = 0; j < logits.length; j++) {
      logits[j] *= (float) scale;
    }
    return new Outputs(logits, labels, classes);
  }

  private static int label(double[] p, double u) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += p[k];
      if (u < sum) {
        return k;
      }
    }
    return p.length - 1;
  }
}
