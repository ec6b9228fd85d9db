package dev.discern.run;

import dev.discern.config.RunConfig;
import java.util.List;

/**
 * The numbers of a run that is about to train.
 *
 * @param config the run's configuration
 * @param parameters the number of trainable values
 * @param trainImages images to train on
 * @param validationImages images to select the best epoch by
 * @param testImages images to report results for
 * @param classes the number of classes
 * @param stepsPerEpoch training steps per epoch
 * @param threads the engine's threads per operation
 * @param notes sentences for the user about the data
 * @param epochsDone epochs that earlier sessions finished; 0 for a new run
 * @param stepsDone steps of the next epoch that are already done
 */
public record RunStart(
    RunConfig config,
    long parameters,
    int trainImages,
    int validationImages,
    int testImages,
    int classes,
    int stepsPerEpoch,
    int threads,
    List<String> notes,
    int epochsDone,
    int stepsDone) {
  /** Keeps an unmodifiable copy. */
  public RunStart {
    notes = List.copyOf(notes);
  }
}
