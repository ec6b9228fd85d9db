package dev.discern.api;

import dev.discern.config.WorkFailed;
import dev.discern.run.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run on disk, with its figures.
 *
 * @param path its directory, which a classifier opens
 * @param epochs the epochs trained so far
 * @param finishedResult the results; empty if the run is not finished
 */
public record Run(Path path, List<Epoch> epochs, Optional<Result> finishedResult) {
  /** Keeps an unmodifiable copy. */
  public Run {
    epochs = List.copyOf(epochs);
  }

  /**
   * One epoch.
   *
   * @param number counted from 1
   * @param learningRate of its last step
   * @param trainLoss the mean training loss while the weights changed
   * @param validationLoss the mean loss on the validation images after it
   * @param validationScore {@code top1} or {@code mAP} on the validation images after it
   * @param seconds of training and validation
   */
  public record Epoch(
      int number,
      double learningRate,
      double trainLoss,
      double validationLoss,
      double validationScore,
      double seconds) {}

  /**
   * Reads a run, finished or not. Loads no engine.
   *
   * @param directory a run's directory
   * @return the run
   * @throws dev.discern.config.InvalidConfig if it is not a run
   * @throws WorkFailed if a file of it is damaged
   */
  public static Run open(Path directory) {
    return RunReading.of(RunDirectory.open(directory));
  }

  /**
   * Whether all epochs are trained and tested.
   *
   * @return false if the run can be resumed
   */
  public boolean finished() {
    return finishedResult.isPresent();
  }

  /**
   * The results.
   *
   * @return those of a finished run
   * @throws WorkFailed if the run is not finished
   */
  public Result result() {
    return finishedResult.orElseThrow(
        () ->
            new WorkFailed(
                path + " has no results yet, because its training was stopped: resume it."));
  }

  /**
   * The report, a page that opens offline.
   *
   * @return its path; it exists once the run is finished
   */
  public Path report() {
    return path.resolve("report.html");
  }
}
