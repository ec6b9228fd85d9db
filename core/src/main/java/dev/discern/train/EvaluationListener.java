package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.data.Batch;

/** Receives a network's outputs for each evaluated batch, as host arrays that it owns. */
@Internal
@FunctionalInterface
public interface EvaluationListener {
  /** Ignores all events. */
  EvaluationListener NONE = (batch, logProbabilities, features) -> {};

  /**
   * Passes all events to two listeners.
   *
   * @param first called first
   * @param second called second
   * @return a listener
   */
  static EvaluationListener both(EvaluationListener first, EvaluationListener second) {
    return (batch, logProbabilities, features) -> {
      first.onBatch(batch, logProbabilities, features);
      second.onBatch(batch, logProbabilities, features);
    };
  }

  /**
   * Called after a batch is evaluated.
   *
   * @param batch its images, N of them
   * @param logProbabilities {@code [N, K]}, row-major: {@code ln p}, of each label independently if
   *     images have several
   * @param features {@code [N, F]}, row-major: the pooled features that the head classified
   */
  void onBatch(Batch batch, float[] logProbabilities, float[] features);
}
