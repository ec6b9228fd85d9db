package dev.discern.metric;

import java.util.List;

/** Figures over a set of images. */
public sealed interface EvaluationResult permits ClassificationResult, MultiLabelResult {
  /**
   * Images measured.
   *
   * @return at least 1
   */
  long samples();

  /**
   * The mean training loss.
   *
   * @return in nats, by sample weight
   */
  double loss();

  /**
   * The figure that epochs are chosen and methods compared by.
   *
   * @return in [0, 1], larger is better: top-1 for one class per image, mean average precision for
   *     several labels
   */
  double score();

  /**
   * Pairs of classes taken for each other.
   *
   * @return the ten most frequent, most images first
   */
  List<ConfusedPair> mostConfused();
}
