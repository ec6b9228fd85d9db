package dev.discern.check;

import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.feature.LinearProbe;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Classifies every image by a classifier that was trained on others. */
final class CrossValidation {
  /** The number of folds. */
  static final int FOLDS = 5;

  /** Half of it times the squared weights is added to the sum of the cross-entropies. */
  private static final double PENALTY = 100;

  private CrossValidation() {}

  /**
   * Trains one {@link LinearProbe} per fold on the images of the other folds.
   *
   * @param features one row per image
   * @param labels the class of each image
   * @param classes K
   * @param folds the fold of each image
   * @param listener receives the progress
   * @param stop checked after every fold
   * @return the probabilities of each image
   * @throws CancellationException if it was stopped
   */
  static Probabilities of(
      FeatureTable features,
      int[] labels,
      int classes,
      int[] folds,
      LoadListener listener,
      BooleanSupplier stop) {
    float[] all = new float[Math.multiplyExact(labels.length, classes)];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      int[] train = IntStream.range(0, folds.length).filter(i -> folds[i] != held).toArray();
      int[] asked = IntStream.range(0, folds.length).filter(i -> folds[i] == held).toArray();
      if (train.length > 0 && asked.length > 0) {
        float[][] part = probabilities(features, labels, classes, train, asked);
        for (int k = 0; k < asked.length; k++) {
          System.arraycopy(part[k], 0, all, asked[k] * classes, classes);
        }
      }
      listener.progress("cross-validating", fold + 1, FOLDS);
      if (stop.getAsBoolean()) {
        throw new CancellationException("Cross-validation was stopped.");
      }
    }
    return new Probabilities(all, classes);
  }

  /** Trains on some images and classifies others: one row of probabilities for each of these. */
  static float[][] probabilities(
      FeatureTable features, int[] labels, int classes, int[] train, int[] asked) {
    int[] known = IntStream.of(train).map(i -> labels[i]).toArray();
    // The probe's loss is a mean, the penalty of the documentation is beside a sum.
    return LinearProbe.trainUnscaled(features.select(train), known, classes, PENALTY / train.length)
        .probabilities(features.select(asked));
  }
}
