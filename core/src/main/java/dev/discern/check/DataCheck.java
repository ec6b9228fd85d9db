package dev.discern.check;

import dev.discern.data.GivenParts;
import dev.discern.data.LoadListener;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Checks a data set before anything is trained on it. */
public final class DataCheck {
  private DataCheck() {}

  /**
   * Checks a data set. Each image is decoded once.
   *
   * @param source a name or a path, as for training
   * @param workers threads that decode images
   * @param listener receives the progress
   * @param stop checked often; true ends the check
   * @return what was found
   * @throws dev.discern.config.InvalidConfig if the source is unknown
   * @throws dev.discern.config.WorkFailed if it is not a data set, or if none of its images can be
   *     read
   * @throws CancellationException if it was stopped
   */
  public static CheckedData of(
      String source, int workers, LoadListener listener, BooleanSupplier stop) {
    GivenParts given = GivenParts.of(source, listener);
    List<MeasuredImages> sets = MeasuredImages.of(given);
    EmbeddedFeatures features = EmbeddedFeatures.of(sets, workers, listener, stop);
    return Analysis.of(source, given, sets, features, listener, stop);
  }
}
