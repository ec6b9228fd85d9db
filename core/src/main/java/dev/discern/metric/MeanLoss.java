package dev.discern.metric;

/** The mean loss, weighted by sample weight and accumulated over batches. */
final class MeanLoss {
  private double summed;
  private double weight;

  /**
   * Adds a batch. A NaN or infinite loss makes the mean NaN or infinite; the caller decides whether
   * to stop.
   */
  void add(double batchSum, double batchWeight) {
    if (!(batchWeight >= 0 && Double.isFinite(batchWeight))) {
      throw new IllegalArgumentException(
          "The loss of a batch has weight "
              + batchWeight
              + ", but the weight must be finite and 0 or more.");
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
