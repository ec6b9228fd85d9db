package dev.discern.metric;

/**
 * Accumulates what a classifier says of labelled images. Two accumulators over parts of a set merge
 * into that of the whole. Not safe for use by several threads at once.
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
   * Starts empty.
   *
   * @param classes K, at least 2
   * @throws IllegalArgumentException if there are fewer
   */
  public ClassificationMetrics(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "There are " + classes + " classes, but telling apart needs 2.");
    }
    this.classes = classes;
    this.confusion = new Confusion(classes);
  }

  /**
   * Counts a batch, all of it or, if anything is wrong, nothing.
   *
   * @param probabilities {@code [N, K]}, row-major, each in [0, 1]
   * @param labels N true classes, each in [0, K)
   * @throws IllegalArgumentException if lengths, labels or probabilities are impossible
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
   * Adds a batch's loss. One that is not a number, or infinite, makes the result's loss so: to stop
   * at it is the caller's decision.
   *
   * @param summed sum of the per-sample losses
   * @param weight sum of the samples' weights; their number where all weigh the same
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public void addLoss(double summed, double weight) {
    loss.add(summed, weight);
  }

  /**
   * Adds another's counts.
   *
   * @param other over the same classes; not changed
   * @throws IllegalArgumentException if the other is over another number of classes
   */
  public void merge(ClassificationMetrics other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "Metrics of " + other.classes + " classes do not merge into those of " + classes + ".");
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
   * @return a snapshot
   * @throws IllegalStateException if no image, or no loss of positive weight, was added: a mean of
   *     nothing is no figure
   */
  public ClassificationResult result() {
    if (top1.images() == 0) {
      throw new IllegalStateException("No image was measured, so there are no figures.");
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
