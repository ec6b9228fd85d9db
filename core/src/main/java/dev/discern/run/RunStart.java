package dev.discern.run;

import dev.discern.config.RunConfig;
import java.util.List;

/**
 * A run that is about to train, in numbers.
 *
 * @param config what was asked for
 * @param parameters numbers that are trained
 * @param trainImages images to train on
 * @param validationImages images to select the best epoch by
 * @param testImages images to report on
 * @param classes how many classes there are
 * @param stepsPerEpoch training steps per epoch
 * @param threads threads per operation of the engine
 * @param notes sentences for the user on the data
 * @param epochsDone epochs that an earlier sitting finished; 0 for a new run
 * @param stepsDone steps of the epoch that follows that are made already
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
