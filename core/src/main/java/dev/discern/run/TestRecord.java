package dev.discern.run;

import dev.discern.data.Batch;
import dev.discern.data.ImageSet;
import dev.discern.data.Labels;
import dev.discern.train.EvaluationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the data that reports need while the test images are measured: predictions and, if each
 * image has one class, features to draw a map of the classes.
 */
final class TestRecord implements EvaluationListener {
  private final ImageSet images;
  private final List<Predictions.Row> ofOne = new ArrayList<>();
  private final List<LabelPredictions.Row> ofMany = new ArrayList<>();
  private final List<Integer> sampled = new ArrayList<>();
  private final List<float[]> features = new ArrayList<>();
  private int seen;

  TestRecord(ImageSet images) {
    this.images = images;
  }

  @Override
  public void onBatch(Batch batch, float[] logProbabilities, float[] pooled) {
    addPredictions(batch.labels(), logProbabilities, logProbabilities.length / batch.size());
    int width = pooled.length / batch.size();
    for (int i = 0; i < batch.size(); i++, seen++) {
      if (batch.labels() instanceof Labels.One && FeatureSample.keeps(seen, images.size())) {
        sampled.add(seen);
        features.add(Arrays.copyOfRange(pooled, i * width, (i + 1) * width));
      }
    }
  }

  private void addPredictions(Labels labels, float[] logProbabilities, int classes) {
    if (labels instanceof Labels.One one) {
      for (int i = 0; i < labels.size(); i++) {
        int label = one.classes()[i];
        ofOne.add(Predictions.Row.of(logProbabilities, i * classes, classes, label));
      }
      return;
    }
    boolean[] flags = labels.flags(classes);
    for (int i = 0; i < labels.size(); i++) {
      boolean[] carried = Arrays.copyOfRange(flags, i * classes, (i + 1) * classes);
      ofMany.add(LabelPredictions.Row.of(logProbabilities, i * classes, carried));
    }
  }

  void write(Path run) {
    if (!ofMany.isEmpty()) {
      new LabelPredictions(ofMany).write(run, images::describe, images.classNames());
      return;
    }
    new Predictions(ofOne).write(run, images::describe, images.classNames());
    new FeatureSample(sampled, features).write(run);
  }
}
