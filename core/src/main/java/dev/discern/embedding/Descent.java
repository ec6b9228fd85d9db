package dev.discern.embedding;

import java.util.Arrays;

/**
 * Gradient descent on one coordinate of all points, with momentum and a gain per point that grows
 * while the descent direction keeps its sign (Jacobs, 1988; van der Maaten and Hinton, 2008,
 * section 3.4).
 */
final class Descent {
  private final double[] position;
  private final double[] velocity;
  private final double[] gains;

  /**
   * Starts with zero velocity.
   *
   * @param position {@code [n]}, updated in place
   */
  Descent(double[] position) {
    this.position = position;
    velocity = new double[position.length];
    gains = new double[position.length];
    Arrays.fill(gains, 1);
  }

  /**
   * Takes a step, then shifts all points so that their mean is 0, which changes no distance.
   *
   * @param gradient {@code [n]}
   * @param rate the learning rate
   * @param momentum the share of the last step that is added
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
