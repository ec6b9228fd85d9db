package dev.discern.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures of images that carry several labels. Labels with a probability of at least ½ are
 * predicted.
 *
 * @param samples images, N
 * @param loss mean loss, by sample weight
 * @param meanAveragePrecision mean over the labels that any image carries of their average
 *     precision; null where no image carries a label
 * @param precision mean over the labels of each one's precision, 0 where it is never predicted
 * @param recall mean over the labels of each one's recall, 0 where no image carries it
 * @param f1 mean over the labels of each one's F1
 * @param overallPrecision right predictions over all predictions, 0 where there are none
 * @param overallRecall right predictions over all labels carried
 * @param overallF1 their harmonic mean
 * @param hammingLoss share of the N·K decisions that are wrong
 * @param rankingLoss mean over images of the share of (carried, not carried) pairs in the wrong
 *     order; equal scores are wrong; 0 for an image that carries none or all
 * @param oneError share of the images with labels whose highest score is of a label they do not
 *     carry
 * @param coverage mean over images of how many of the highest-scored labels it takes to have all
 *     that are carried, counted from 1 and with all of equal score; 0 for an image without labels
 * @param perClass each label's own figures
 * @param mostConfused the ten pairs of labels of which most often one is missed in an image where
 *     the other is wrongly found, most images first
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
  /** Mean average precision; 0 where no image carries a label. */
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
   * One label's figures.
   *
   * @param index which label
   * @param support images that carry it
   * @param predicted images it is predicted for
   * @param averagePrecision null where no image carries it
   * @param precision 0 where it is never predicted
   * @param recall 0 where no image carries it
   * @param f1 0 where precision and recall are
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
