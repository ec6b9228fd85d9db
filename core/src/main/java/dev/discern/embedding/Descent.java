package dev.discern.embedding;

import java.util.Arrays;

/**
 * Descends one coordinate of all points, with momentum and a gain for each point that grows while
 * the gradient keeps its sign against the last step (Jacobs, 1988; van der Maaten and Hinton, 2008,
 * section 3.4).
 */
final class Descent {
  private final double[] position;
  private final double[] velocity;
  private final double[] gains;

  /**
   * Starts at rest.
   *
   * @param position {@code [n]}, moved in place
   */
  Descent(double[] position) {
    this.position = position;
    velocity = new double[position.length];
    gains = new double[position.length];
    Arrays.fill(gains, 1);
  }

  /**
   * Takes a step, and moves all back so that their mean is 0, which changes no distance.
   *
   * @param gradient {@code [n]}
   * @param rate what it is multiplied by
   * @param momentum the share of the last step that is kept
   */
  void step(double[] gradient, double rate, double momentum) {
    double sum = 0;
    for (int i = 0; i < position.length; i++) {
      boolean onward = gradient[i] * velocity[i] < 0;
      gains[i] = onward ? gains[i] + 0.2 : Math.max(0.01, gains[i] * 0.8);
      velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
      position[i] += velocity[i];
      sum += position[i];
    }
    for (int i = 0; i < position.length; i++) {
      position[i] -= sum / position.length;
    }
  }
}
