package dev.discern.check;

/**
 * How every image's label was judged, in the order of the {@link Pool}.
 *
 * @param predicted cross-validated probabilities
 * @param labels the class of each image
 * @param folds the fold of each image
 */
@SuppressWarnings("ArrayRecordComponent") // large, and never compared
public record LabelScores(Probabilities predicted, int[] labels, int[] folds) {
  /**
   * How suspicious a label is.
   *
   * @param i the image
   * @return the probability that the image is of another class, in [0, 1]
   */
  public double suspicion(int i) {
    return 1 - predicted.of(i, labels[i]);
  }
}
