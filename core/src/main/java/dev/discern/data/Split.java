package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.ImageShape;
import java.util.List;

/**
 * A data set in its three parts. The first trains the weights, the second selects the best epoch,
 * and the third serves only to report results.
 *
 * @param train images to train on
 * @param validation images to select the best epoch by
 * @param test images to report results for
 * @param shape the shape of a network's input: channels, height, width
 * @param notes sentences for the user on what was left out while loading; usually none
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
