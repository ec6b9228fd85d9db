package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.ImageShape;
import java.util.List;

/**
 * A data set in its three parts. Weights are trained on the first, the best epoch is chosen on the
 * second, and the third is only ever reported.
 *
 * @param train images to train on
 * @param validation images to choose by
 * @param test images to report on
 * @param shape what a network sees of each image: channels, height, width
 * @param notes sentences for the user on what was left out while loading; mostly none
 */
public record Split(
    ImageSet train, ImageSet validation, ImageSet test, ImageShape shape, List<String> notes) {
  /** Refuses parts that differ in task or classes. */
  public Split {
    notes = List.copyOf(notes);
    for (ImageSet part : List.of(validation, test)) {
      if (part.task() != train.task() || !part.classNames().equals(train.classNames())) {
        throw new IllegalArgumentException("The parts of a split share one task and classes.");
      }
    }
  }

  /**
   * How many labels an image has, in all parts.
   *
   * @return one, or any number
   */
  public Task task() {
    return train.task();
  }

  /**
   * The classes of all parts.
   *
   * @return their names; labels are indices into them
   */
  public List<String> classNames() {
    return train.classNames();
  }
}
