package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.data.Batch;

/** Told what a network says of each batch that is evaluated. Receives host arrays of its own. */
@Internal
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener NONE = (batch, logProbabilities, features) -> {};

  /**
   * A batch has been evaluated.
   *
   * @param batch its images, N of them
   * @param logProbabilities {@code [N, K]}, row-major: {@code ln p}, of each label by itself where
   *     an image has several
   * @param features {@code [N, F]}, row-major: the pooled features that the head classified
   */
  void onBatch(Batch batch, float[] logProbabilities, float[] features);
}
