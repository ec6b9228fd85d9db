package discern.run;

import discern.data.Batch;
import discern.train.EvaluationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what reports need of the test images while they are measured. */
final class TestRecord implements EvaluationListener {
  private final int size;
  private final List<Predictions.Row> predictions = new ArrayList<>();
  private final List<Integer> sampled = new ArrayList<>();
  private final List<float[]> features = new ArrayList<>();

  TestRecord(int size) {
    this.size = size;
  }

  @Override
  public void onBatch(Batch batch, float[] logProbabilities, float[] pooled) {
    int classes = logProbabilities.length / batch.size();
    int width = pooled.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      int image = predictions.size();
      predictions.add(
          Predictions.Row.of(
              logProbabilities, i * classes, classes, batch.labels().requireOne()[i]));
      if (FeatureSample.keeps(image, size)) {
        sampled.add(image);
        features.add(Arrays.copyOfRange(pooled, i * width, (i + 1) * width));
      }
    }
  }

  void write(Path run) {
    new Predictions(predictions).write(run);
    new FeatureSample(sampled, features).write(run);
  }
}
