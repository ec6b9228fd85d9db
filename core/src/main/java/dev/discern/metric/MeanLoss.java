package dev.discern.metric;

/** A mean loss by sample weight, summed batch by batch. */
final class MeanLoss {
  private double summed;
  private double weight;

  /**
   * Adds a batch. A loss that is not a number, or infinite, makes the mean so: to stop at it is the
   * caller's decision.
   */
  void add(double batchSum, double batchWeight) {
    if (!(batchWeight >= 0 && Double.isFinite(batchWeight))) {
      throw new IllegalArgumentException(
          "A batch's loss has the weight "
              + batchWeight
              + ", but it must be 0 or more, and finite.");
    }
    summed += batchSum;
    weight += batchWeight;
  }

  void merge(MeanLoss other) {
    summed += other.summed;
    weight += other.weight;
  }

  double result() {
    if (!(weight > 0)) {
      throw new IllegalStateException("No loss was added, so there is no mean loss.");
    }
    return summed / weight;
  }
}
