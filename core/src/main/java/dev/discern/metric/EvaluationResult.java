package dev.discern.metric;

import java.util.List;

/** Evaluation figures over a set of images. */
public sealed interface EvaluationResult permits ClassificationResult, MultiLabelResult {
  /**
   * The number of images.
   *
   * @return at least 1
   */
  long samples();

  /**
   * The mean training loss.
   *
   * @return the mean loss in nats, weighted by sample weight
   */
  double loss();

  /**
   * The figure used to choose the best epoch and to compare methods.
   *
   * @return a value in [0, 1], larger is better: top-1 accuracy for one class per image, mean
   *     average precision for several labels per image
   */
  double score();

  /**
   * The most confused pairs of classes.
   *
   * @return up to ten pairs, most images first
   */
  List<ConfusedPair> mostConfused();
}
