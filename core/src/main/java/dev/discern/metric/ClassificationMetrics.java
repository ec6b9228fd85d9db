package dev.discern.metric;

/**
 * Accumulates the predictions of a classifier on labeled images. Accumulators over parts of a set
 * merge into the accumulator of the whole set. Not thread-safe.
 */
public final class ClassificationMetrics {
  private static final int PAIRS = 10;

  private final int classes;
  private final TopK top1 = new TopK(1);
  private final TopK top5 = new TopK(5);
  private final Rivalry rivalry = new Rivalry();
  private final Calibration calibration = new Calibration();
  private final Confusion confusion;
  private final MeanLoss loss = new MeanLoss();

  /**
   * Creates an empty accumulator.
   *
   * @param classes K, at least 2
   * @throws IllegalArgumentException if there are fewer
   */
  public ClassificationMetrics(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "There are " + classes + " classes, but classification needs at least 2.");
    }
    this.classes = classes;
    this.confusion = new Confusion(classes);
  }

  /**
   * Counts a batch completely, or not at all if any input is invalid.
   *
   * @param probabilities {@code [N, K]}, row-major, each in [0, 1]
   * @param labels N true classes, each in [0, K)
   * @throws IllegalArgumentException if lengths, labels or probabilities are invalid
   */
  public void add(float[] probabilities, int[] labels) {
    for (Outcome outcome : Outcome.of(probabilities, labels, classes)) {
      top1.add(outcome);
      top5.add(outcome);
      rivalry.add(outcome);
      calibration.add(outcome);
      confusion.add(outcome);
    }
  }

  /**
   * Adds the loss of a batch. A NaN or infinite loss makes the resulting loss NaN or infinite; the
   * caller decides whether to stop.
   *
   * @param summed the sum of the per-sample losses
   * @param weight the sum of the sample weights; the number of samples if they have equal weights
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public void addLoss(double summed, double weight) {
    loss.add(summed, weight);
  }

  /**
   * Adds the counts of another accumulator.
   *
   * @param other an accumulator over the same classes; not changed
   * @throws IllegalArgumentException if the other has a different number of classes
   */
  public void merge(ClassificationMetrics other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "Metrics of "
              + other.classes
              + " classes cannot be merged into metrics of "
              + classes
              + " classes.");
    }
    top1.merge(other.top1);
    top5.merge(other.top5);
    rivalry.merge(other.rivalry);
    calibration.merge(other.calibration);
    confusion.merge(other.confusion);
    loss.merge(other.loss);
  }

  /**
   * The figures so far.
   *
   * @return a snapshot of the figures
   * @throws IllegalStateException if no image, or no loss of positive weight, was added, because
   *     the mean is then undefined
   */
  public ClassificationResult result() {
    if (top1.images() == 0) {
      throw new IllegalStateException("No image was evaluated, so there are no figures.");
    }
    return new ClassificationResult(
        top1.images(),
        loss.result(),
        top1.share(),
        top5.share(),
        calibration.error(),
        rivalry.meanTrueProbability(),
        rivalry.meanStrongestRival(),
        confusion.counts(),
        confusion.perClass(),
        confusion.mostConfused(PAIRS),
        calibration.bins());
  }
}
