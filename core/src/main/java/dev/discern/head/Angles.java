package dev.discern.head;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** Row lengths, and rows scaled to length 1. */
final class Angles {
  // A row of zeros has no direction: it stays 0, and its gradient stays finite.
  private static final double SHORTEST = 1e-12;

  private Angles() {}

  /** {@code [N, F]} to {@code [N, 1]}: the Euclidean length of each row. */
  static Tensor lengths(Tensor rows) {
    return rows.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
  }

  /** Each row divided by its length. */
  static Tensor unit(Tensor rows) {
    return rows.div(lengths(rows).clamp_min(new Scalar(SHORTEST)));
  }
}
