package dev.discern.run;

import dev.discern.certainty.AdaptiveSet;
import dev.discern.certainty.Answers;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Temperature;
import dev.discern.data.Batch;
import dev.discern.metric.ClassificationMetrics;
import dev.discern.metric.ClassificationResult;
import dev.discern.train.EvaluationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures a calibrated network on images of one class each: its probabilities before and after
 * calibration, its prediction sets, and its accuracy by the share of images answered.
 */
final class CertaintyRecord implements EvaluationListener {
  /** One line per test image, in the order of {@code predictions.csv}. */
  static final String FILE = "certainty.csv";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<Double> COVERAGES = List.of(0.9, 0.95);

  private final Calibration calibration;
  private final int classes;
  private final ClassificationMetrics before;
  private final ClassificationMetrics after;
  private final Answers answers = new Answers();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Sets> sets;

  CertaintyRecord(Calibration calibration, int classes) {
    this.calibration = calibration;
    this.classes = classes;
    this.before = new ClassificationMetrics(classes);
    this.after = new ClassificationMetrics(classes);
    this.sets =
        COVERAGES.stream().map(coverage -> new Sets(coverage, calibration, classes)).toList();
  }

  @Override
  public void onBatch(Batch batch, float[] logProbabilities, float[] features) {
    int[] labels = batch.labels().requireOne();
    measure(before, Temperature.NONE, logProbabilities, labels);
    measure(after, calibration.temperature(), logProbabilities, labels);
    for (int i = 0; i < labels.length; i++) {
      add(calibration.temperature().probabilities(logProbabilities, i, classes), labels[i]);
    }
  }

  private void measure(
      ClassificationMetrics metrics, Temperature at, float[] logProbabilities, int[] labels) {
    float[] probabilities = new float[logProbabilities.length];
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] p = at.probabilities(logProbabilities, i, classes);
      loss -= Math.log(Math.max(Double.MIN_NORMAL, p[labels[i]]));
      for (int k = 0; k < classes; k++) {
        probabilities[i * classes + k] = (float) p[k];
      }
    }
    metrics.add(probabilities, labels);
    metrics.addLoss(loss, labels.length);
  }

  private void add(double[] probabilities, int label) {
    double score = AdaptiveSet.score(probabilities, label);
    double[] descending = AdaptiveSet.descending(probabilities);
    sets.forEach(each -> each.add(descending, score));
    answers.add(descending[0], score == 0);
    rows.add(
        List.of(
            Integer.toString(rows.size()),
            score == 0 ? "1" : "0",
            Double.toString(descending[0]),
            Double.toString(score)));
  }

  /** The figures, under the names of {@code result.json}. */
  ObjectNode figures() {
    ClassificationResult calibrated = after.result();
    ObjectNode node = JSON.createObjectNode();
    node.put("temperature", calibration.temperature().value())
        .put("validationImages", calibration.conformity().images());
    node.set("before", probabilities(before.result()));
    node.set("after", probabilities(calibrated));
    node.set("reliability", JSON.valueToTree(calibrated.reliability()));
    node.set("sets", JSON.valueToTree(sets.stream().map(Sets::figures).toList()));
    node.set("answered", JSON.valueToTree(answers.curve()));
    return node;
  }

  private static ObjectNode probabilities(ClassificationResult result) {
    return JSON.createObjectNode().put("nll", result.loss()).put("ece", result.ece());
  }

  void write(Path run) {
    CsvFile.write(run.resolve(FILE), List.of("image", "right", "confidence", "score"), rows);
  }

  /** Counts how often the sets of one coverage hold the true class, and how large they are. */
  private static final class Sets {
    private final double coverage;
    private final double threshold;
    private final long[] sizes;
    private long held;

    Sets(double coverage, Calibration calibration, int classes) {
      this.coverage = coverage;
      this.threshold = calibration.conformity().threshold(coverage);
      this.sizes = new long[classes];
    }

    void add(double[] descending, double score) {
      sizes[AdaptiveSet.size(descending, threshold) - 1]++;
      held += score <= threshold ? 1 : 0;
    }

    ObjectNode figures() {
      long images = Arrays.stream(sizes).sum();
      double members = 0;
      int largest = 0;
      for (int s = 0; s < sizes.length; s++) {
        members += (s + 1.0) * sizes[s];
        largest = sizes[s] > 0 ? s + 1 : largest;
      }
      ObjectNode node = JSON.createObjectNode();
      node.put("coverage", coverage)
          .put("images", images)
          .put("held", held)
          .put("share", (double) held / images)
          .put("meanSize", members / images);
      node.set("sizes", JSON.valueToTree(Arrays.copyOf(sizes, largest)));
      return node;
    }
  }
}
