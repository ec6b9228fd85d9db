package dev.discern.run;

import dev.discern.certainty.Calibration;
import dev.discern.certainty.Outputs;
import dev.discern.data.Batch;
import dev.discern.train.EvaluationListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Collects a network's outputs for validation images of one class each, to calibrate it. Memory is
 * bounded: of very many images, an evenly spaced part is kept.
 */
final class CalibrationOutputs implements EvaluationListener {
  private static final int MOST_NUMBERS = 20_000_000;

  private final int images;
  private final int classes;
  private final int limit;
  private final List<float[]> rows = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private int seen;
  private boolean finite = true;

  /**
   * Starts without images.
   *
   * @param images how many there will be
   * @param classes K
   */
  CalibrationOutputs(int images, int classes) {
    this.images = images;
    this.classes = classes;
    this.limit = Math.max(1, MOST_NUMBERS / classes);
  }

  @Override
  public void onBatch(Batch batch, float[] logProbabilities, float[] features) {
    int[] truth = batch.labels().requireOne();
    for (int i = 0; i < truth.length; i++, seen++) {
      if (FeatureSample.keeps(seen, images, limit)) {
        add(Arrays.copyOfRange(logProbabilities, i * classes, (i + 1) * classes), truth[i]);
      }
    }
  }

  private void add(float[] row, int label) {
    for (float value : row) {
      finite &= Float.isFinite(value);
    }
    rows.add(row);
    labels.add(label);
  }

  /** The calibration; empty without images, or if the network's outputs are not numbers. */
  Optional<Calibration> fit() {
    if (rows.isEmpty() || !finite) {
      return Optional.empty();
    }
    float[] all = new float[rows.size() * classes];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * classes, classes);
    }
    int[] truth = labels.stream().mapToInt(Integer::intValue).toArray();
    return Optional.of(Calibration.fit(new Outputs(all, truth, classes)));
  }
}
