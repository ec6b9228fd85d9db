package dev.discern.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation figures for images with several labels. A label counts as predicted if its probability
 * is at least ½.
 *
 * @param samples the number of images, N
 * @param loss the mean loss, weighted by sample weight
 * @param meanAveragePrecision the mean average precision over the labels that occur in at least one
 *     image; null if no image has a label
 * @param precision the mean precision over the labels, where a label that is never predicted counts
 *     as 0
 * @param recall the mean recall over the labels, where a label that no image has counts as 0
 * @param f1 the mean F1 over the labels
 * @param overallPrecision right predictions divided by all predictions, 0 if there are none
 * @param overallRecall right predictions divided by all true labels
 * @param overallF1 the harmonic mean of {@code overallPrecision} and {@code overallRecall}
 * @param hammingLoss the share of the N·K decisions that are wrong
 * @param rankingLoss the mean over images of the share of (true label, other label) pairs in the
 *     wrong order, where equal scores count as wrong; 0 for an image with no label or all labels
 * @param oneError the share of the labeled images whose highest score belongs to a label that they
 *     do not have
 * @param coverage the mean over images of the number of highest-scored labels needed to include all
 *     true labels, counted from 1 and including all labels of equal score; 0 for an image without
 *     labels
 * @param perClass the figures of each label
 * @param mostConfused the ten pairs of labels for which most often one is missed in an image where
 *     the other is wrongly predicted, most images first
 */
public record MultiLabelResult(
    long samples,
    double loss,
    @Nullable Double meanAveragePrecision,
    double precision,
    double recall,
    double f1,
    double overallPrecision,
    double overallRecall,
    double overallF1,
    double hammingLoss,
    double rankingLoss,
    double oneError,
    double coverage,
    List<LabelFigures> perClass,
    List<ConfusedPair> mostConfused)
    implements EvaluationResult {
  /** Mean average precision; 0 if no image has a label. */
  @Override
  public double score() {
    return meanAveragePrecision == null ? 0 : meanAveragePrecision;
  }

  /** Keeps unmodifiable copies. */
  public MultiLabelResult {
    perClass = List.copyOf(perClass);
    mostConfused = List.copyOf(mostConfused);
  }

  /**
   * The figures of one label.
   *
   * @param index the label
   * @param support images that have the label
   * @param predicted images for which the label is predicted
   * @param averagePrecision null if no image has the label
   * @param precision 0 if the label is never predicted
   * @param recall 0 if no image has the label
   * @param f1 0 if precision and recall are 0
   */
  public record LabelFigures(
      int index,
      long support,
      long predicted,
      @Nullable Double averagePrecision,
      double precision,
      double recall,
      double f1) {}
}
