package dev.discern.metric;

import java.util.List;

/**
 * Classification figures over a set of images; means are over images.
 *
 * @param samples the number of images
 * @param loss the mean loss, weighted by sample weight
 * @param top1 the share of images whose most likely class is right
 * @param top5 the share of images whose true class is among the five most likely classes (all
 *     classes if K is below 5)
 * @param ece the expected calibration error
 * @param meanTrueProbability the mean of {@code p_y}
 * @param meanStrongestRival the mean of {@code max_{i≠y} p_i}
 * @param confusion {@code [K][K]}: images by true class, then by predicted class
 * @param perClass precision, recall and F1 per class
 * @param mostConfused the ten most confused pairs of classes, most images first
 * @param reliability the bins behind {@code ece}
 */
public record ClassificationResult(
    long samples,
    double loss,
    double top1,
    double top5,
    double ece,
    double meanTrueProbability,
    double meanStrongestRival,
    long[][] confusion,
    List<ClassFigures> perClass,
    List<ConfusedPair> mostConfused,
    List<ReliabilityBin> reliability)
    implements EvaluationResult {
  @Override
  public double score() {
    return top1;
  }
}
