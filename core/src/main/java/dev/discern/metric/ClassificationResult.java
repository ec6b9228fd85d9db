package dev.discern.metric;

import java.util.List;

/**
 * Figures over a set of images; means are by image.
 *
 * @param samples images measured
 * @param loss mean loss, by sample weight
 * @param top1 share whose likeliest class is right
 * @param top5 share whose right class is among the five likeliest (all, where K is below 5)
 * @param ece expected calibration error
 * @param meanTrueProbability mean of {@code p_y}
 * @param meanStrongestRival mean of {@code max_{i≠y} p_i}
 * @param confusion {@code [K][K]}: images by true class, then by predicted class
 * @param perClass precision, recall and F1 of each class
 * @param mostConfused the ten pairs of classes most often taken for each other, most images first
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
