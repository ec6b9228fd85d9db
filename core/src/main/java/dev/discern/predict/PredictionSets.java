package dev.discern.predict;

import dev.discern.card.ModelFile;
import dev.discern.certainty.AdaptiveSet;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.predict.Prediction.ClassProbability;
import java.util.List;

/**
 * Prediction sets of one coverage: for each image, its likeliest classes, as many as it takes to
 * hold the true one with that probability. See {@code docs/certainty.md} for what is guaranteed.
 *
 * @param coverage the probability with which a set holds the true class, in (0, 1)
 * @param calibrationImages the number of images that the sets were calibrated on
 * @param threshold how likely the classes before a class of the set may be together; positive
 *     infinity if there are too few calibration images, so that every set holds all classes
 */
public record PredictionSets(double coverage, int calibrationImages, double threshold) {
  static PredictionSets of(ModelFile model, double coverage) {
    if (model.card().task() != Task.ONE_LABEL) {
      throw new InvalidConfig(
          model.file()
              + " gives an image several labels, for which there are no prediction sets: ask for its"
              + " labels without a coverage.");
    }
    Conformity scores =
        model
            .card()
            .calibration()
            .map(Calibration::conformity)
            .orElseThrow(() -> uncalibrated(model));
    return new PredictionSets(coverage, scores.images(), scores.threshold(coverage));
  }

  private static WorkFailed uncalibrated(ModelFile model) {
    return new WorkFailed(
        model.file()
            + " has no calibration, which prediction sets need, because its training has not ended"
            + " or was not by this version of Discern: resume the run to its end, or train again.");
  }

  /**
   * The set of an image.
   *
   * @param prediction the image's prediction by the same classifier
   * @return its likeliest classes, at least one, likeliest first
   */
  public List<ClassProbability> of(Prediction prediction) {
    double[] descending =
        prediction.classes().stream().mapToDouble(ClassProbability::probability).toArray();
    return prediction.classes().subList(0, AdaptiveSet.size(descending, threshold));
  }

  /**
   * Whether there are enough calibration images for this coverage.
   *
   * @return false if every set holds all classes because nothing smaller has the coverage
   */
  public boolean areCalibrated() {
    return calibrationImages >= calibrationImagesNeeded();
  }

  /**
   * The number of calibration images that the coverage needs.
   *
   * @return 19 for a coverage of 0.95
   */
  public long calibrationImagesNeeded() {
    return Conformity.imagesFor(coverage);
  }
}
