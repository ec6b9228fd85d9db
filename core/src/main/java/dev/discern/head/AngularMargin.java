package dev.discern.head;

import org.bytedeco.pytorch.Tensor;

/** What training makes of the cosine between a feature and its true class's weight. */
interface AngularMargin {
  /**
   * Makes the true class harder.
   *
   * @param cosine {@code [N, 1]}: cos θ_y, rounding may carry it a little beyond ±1
   * @return {@code [N, 1]}: at most cos θ_y; value and gradient finite everywhere
   */
  Tensor ofTrue(Tensor cosine);
}
