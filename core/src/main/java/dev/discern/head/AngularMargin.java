package dev.discern.head;

import org.bytedeco.pytorch.Tensor;

/** How training changes the cosine between a feature and the weight of its true class. */
interface AngularMargin {
  /**
   * Lowers the cosine of the true class.
   *
   * @param cosine {@code [N, 1]}: cos θ_y, which rounding may take slightly beyond ±1
   * @return {@code [N, 1]}: at most cos θ_y; the value and the gradient are finite everywhere
   */
  Tensor ofTrue(Tensor cosine);
}
