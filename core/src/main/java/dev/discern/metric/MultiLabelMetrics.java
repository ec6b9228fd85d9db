package dev.discern.metric;

import dev.discern.metric.MultiLabelResult.LabelFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates the predictions of a classifier with several labels per image. Average precision
 * ranks all images by score, so every score is kept, at 5 bytes per decision.
 */
public final class MultiLabelMetrics {
  // ln ½ in float32, the dtype of the scores, so that a probability of exactly ½ counts as
  // predicted.
  private static final float THRESHOLD = (float) Math.log(0.5);
  private static final int PAIRS = 10;

  private final int classes;
  private final List<float[]> scores = new ArrayList<>();
  private final List<boolean[]> labels = new ArrayList<>();
  private final MeanLoss loss = new MeanLoss();

  /**
   * Creates an empty accumulator.
   *
   * @param classes K, at least 2
   */
  public MultiLabelMetrics(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "There are " + classes + " labels, but ranking needs at least 2.");
    }
    this.classes = classes;
  }

  /**
   * Adds images.
   *
   * @param logProbabilities {@code [N, K]}, row-major: {@code ln p}, which still orders images
   *     whose p rounds to 1 in float32
   * @param carried {@code [N, K]}: whether the image has the label
   */
  public void add(float[] logProbabilities, boolean[] carried) {
    if (logProbabilities.length != carried.length || logProbabilities.length % classes != 0) {
      throw new IllegalArgumentException(
          logProbabilities.length
              + " scores and "
              + carried.length
              + " labels do not form rows of "
              + classes
              + " labels.");
    }
    for (int from = 0; from < carried.length; from += classes) {
      scores.add(Arrays.copyOfRange(logProbabilities, from, from + classes));
      labels.add(Arrays.copyOfRange(carried, from, from + classes));
    }
  }

  /**
   * Adds the loss of a batch. A NaN or infinite loss makes the resulting loss NaN or infinite.
   *
   * @param summed the sum of the per-sample losses
   * @param weight the sum of the sample weights
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public void addLoss(double summed, double weight) {
    loss.add(summed, weight);
  }

  /**
   * Adds the images of another accumulator.
   *
   * @param other an accumulator with the same number of labels
   */
  public void merge(MultiLabelMetrics other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "Metrics of "
              + other.classes
              + " labels cannot be merged into metrics of "
              + classes
              + " labels.");
    }
    scores.addAll(other.scores);
    labels.addAll(other.labels);
    loss.merge(other.loss);
  }

  /**
   * The figures of all images added.
   *
   * @return the result
   * @throws IllegalStateException if no image, or no loss of positive weight, was added
   */
  public MultiLabelResult result() {
    if (labels.isEmpty()) {
      throw new IllegalStateException("No image was evaluated, so there are no figures.");
    }
    List<LabelFigures> figures = IntStream.range(0, classes).mapToObj(this::figures).toList();
    double predicted = figures.stream().mapToLong(LabelFigures::predicted).sum();
    double support = figures.stream().mapToLong(LabelFigures::support).sum();
    double right = IntStream.range(0, classes).mapToLong(this::right).sum();
    double precision = ratio(right, predicted);
    double recall = ratio(right, support);
    return new MultiLabelResult(
        labels.size(),
        loss.result(),
        meanAveragePrecision(figures),
        figures.stream().mapToDouble(LabelFigures::precision).average().orElseThrow(),
        figures.stream().mapToDouble(LabelFigures::recall).average().orElseThrow(),
        figures.stream().mapToDouble(LabelFigures::f1).average().orElseThrow(),
        precision,
        recall,
        harmonicMean(precision, recall),
        (predicted + support - 2 * right) / ((double) labels.size() * classes),
        images().mapToDouble(this::rankingLoss).average().orElseThrow(),
        oneError(),
        images().mapToDouble(this::coverage).average().orElseThrow(),
        figures,
        mostConfused(figures));
  }

  // Label a counts as confused with label b in an image where a is missed and b is wrongly
  // predicted.
  private List<ConfusedPair> mostConfused(List<LabelFigures> figures) {
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < labels.size(); i++) {
      for (int a = 0; a < classes; a++) {
        if (labels.get(i)[a] && scores.get(i)[a] < THRESHOLD) {
          for (int b = 0; b < classes; b++) {
            counts[a][b] += !labels.get(i)[b] && scores.get(i)[b] >= THRESHOLD ? 1 : 0;
          }
        }
      }
    }
    long[] support = figures.stream().mapToLong(LabelFigures::support).toArray();
    return ConfusedPair.most(counts, support, PAIRS);
  }

  private IntStream images() {
    return IntStream.range(0, labels.size());
  }

  private LabelFigures figures(int k) {
    long support = images().filter(i -> labels.get(i)[k]).count();
    long predicted = images().filter(i -> scores.get(i)[k] >= THRESHOLD).count();
    double precision = ratio(right(k), predicted);
    double recall = ratio(right(k), support);
    return new LabelFigures(
        k,
        support,
        predicted,
        support == 0 ? null : averagePrecision(k),
        precision,
        recall,
        harmonicMean(precision, recall));
  }

  private long right(int k) {
    return images().filter(i -> labels.get(i)[k] && scores.get(i)[k] >= THRESHOLD).count();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double harmonicMean(double a, double b) {
    return ratio(2 * a * b, a + b);
  }

  private static @Nullable Double meanAveragePrecision(List<LabelFigures> figures) {
    double[] known =
        figures.stream()
            .map(LabelFigures::averagePrecision)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return known.length == 0 ? null : Arrays.stream(known).average().orElseThrow();
  }

  // Σ (R_n − R_{n−1})·P_n over the thresholds; images with equal scores share a threshold.
  private double averagePrecision(int k) {
    int[] ranked =
        images()
            .boxed()
            .sorted((a, b) -> Float.compare(scores.get(b)[k], scores.get(a)[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    long right = 0;
    long before = 0;
    for (int n = 0; n < ranked.length; n++) {
      right += labels.get(ranked[n])[k] ? 1 : 0;
      boolean last =
          n + 1 == ranked.length || scores.get(ranked[n + 1])[k] != scores.get(ranked[n])[k];
      if (last) {
        sum += (right - before) * (right / (n + 1.0));
        before = right;
      }
    }
    return sum / right;
  }

  private double rankingLoss(int i) {
    float[] score = scores.get(i);
    boolean[] carried = labels.get(i);
    long pairs = 0;
    long wrong = 0;
    for (int a = 0; a < classes; a++) {
      for (int b = 0; b < classes; b++) {
        if (carried[a] && !carried[b]) {
          pairs++;
          wrong += score[b] >= score[a] ? 1 : 0;
        }
      }
    }
    return ratio(wrong, pairs);
  }

  private double oneError() {
    double wrong = 0;
    double counted = 0;
    for (int i = 0; i < labels.size(); i++) {
      boolean[] carried = labels.get(i);
      float[] score = scores.get(i);
      if (IntStream.range(0, classes).anyMatch(k -> carried[k])) {
        int top = IntStream.range(0, classes).reduce(0, (a, b) -> score[b] > score[a] ? b : a);
        counted++;
        wrong += carried[top] ? 0 : 1;
      }
    }
    return ratio(wrong, counted);
  }

  private double coverage(int i) {
    float[] score = scores.get(i);
    boolean[] carried = labels.get(i);
    double least =
        IntStream.range(0, classes)
            .filter(k -> carried[k])
            .mapToDouble(k -> score[k])
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return IntStream.range(0, classes).filter(k -> score[k] >= least).count();
  }
}
