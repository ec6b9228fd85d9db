package discern.metric;

/**
 * Accumulates what a classifier says of labelled images. Two accumulators over parts of a set merge
 * into that of the whole.
 */
public final class ClassificationMetrics {
  private static final int TOP = 5;
  private static final int PAIRS = 10;

  private final int classes;
  private final Confusion confusion;
  private final Calibration calibration = new Calibration();
  private long samples;
  private long inTop1;
  private long inTop5;
  private double trueProbability;
  private double strongestRival;
  private double loss;
  private double lossWeight;

  /**
   * Starts empty.
   *
   * @param classes K, at least 2
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
   * Counts a batch.
   *
   * @param probabilities {@code [N, K]}, row-major, finite
   * @param labels N true classes
   * @throws IllegalArgumentException if lengths, labels or probabilities are impossible
   */
  public void add(float[] probabilities, int[] labels) {
    if (probabilities.length != labels.length * classes) {
      throw new IllegalArgumentException(
          probabilities.length
              + " probabilities do not fit "
              + labels.length
              + " images of "
              + classes
              + " classes.");
    }
    for (int i = 0; i < labels.length; i++) {
      addOne(probabilities, i * classes, labels[i]);
    }
  }

  private void addOne(float[] probabilities, int offset, int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException("Label " + label + " is none of " + classes + " classes.");
    }
    float mine = probabilities[offset + label];
    int rank = 0;
    int best = 0;
    float rival = 0;
    for (int k = 0; k < classes; k++) {
      float p = probabilities[offset + k];
      if (!Float.isFinite(p)) {
        throw new IllegalArgumentException("A probability is " + p + ".");
      }
      best = p > probabilities[offset + best] ? k : best;
      rank += p > mine || (p == mine && k < label) ? 1 : 0;
      rival = k == label ? rival : Math.max(rival, p);
    }
    samples++;
    inTop1 += rank < 1 ? 1 : 0;
    inTop5 += rank < TOP ? 1 : 0;
    trueProbability += mine;
    strongestRival += rival;
    confusion.add(label, best);
    calibration.add(probabilities[offset + best], best == label);
  }

  /**
   * Adds a batch's loss.
   *
   * @param summed sum of the per-sample losses
   * @param weight sum of the samples' weights
   */
  public void addLoss(double summed, double weight) {
    loss += summed;
    lossWeight += weight;
  }

  /**
   * Adds another's counts.
   *
   * @param other over the same classes
   */
  public void merge(ClassificationMetrics other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "Metrics of " + other.classes + " classes do not merge into those of " + classes + ".");
    }
    samples += other.samples;
    inTop1 += other.inTop1;
    inTop5 += other.inTop5;
    trueProbability += other.trueProbability;
    strongestRival += other.strongestRival;
    loss += other.loss;
    lossWeight += other.lossWeight;
    confusion.merge(other.confusion);
    calibration.merge(other.calibration);
  }

  /**
   * The figures so far.
   *
   * @return a snapshot
   * @throws IllegalStateException if no image was counted: a mean of nothing is no figure
   */
  public ClassificationResult result() {
    if (samples == 0) {
      throw new IllegalStateException("No image was measured, so there are no figures.");
    }
    double n = samples;
    return new ClassificationResult(
        samples,
        loss / lossWeight,
        inTop1 / n,
        inTop5 / n,
        calibration.error(),
        trueProbability / n,
        strongestRival / n,
        confusion.counts(),
        confusion.perClass(),
        confusion.mostConfused(PAIRS),
        calibration.bins());
  }
}
