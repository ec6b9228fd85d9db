package discern.data;

import java.util.List;

/**
 * Images to train on, to choose by, and to report on. The test images have no part in any choice.
 *
 * @param train images the weights learn from
 * @param validation images the best epoch is chosen by
 * @param test images the result is reported on
 */
public record Split(ImageSet train, ImageSet validation, ImageSet test) {
  /** Refuses parts that do not belong together. */
  public Split {
    for (ImageSet part : List.of(validation, test)) {
      if (!part.shape().equals(train.shape()) || !part.classNames().equals(train.classNames())) {
        throw new IllegalArgumentException("The parts of a split must share shape and classes.");
      }
    }
  }

  /**
   * The shape of every image.
   *
   * @return the same for all parts
   */
  public ImageShape shape() {
    return train.shape();
  }

  /**
   * The classes.
   *
   * @return K names, in the order of the labels
   */
  public List<String> classNames() {
    return train.classNames();
  }
}
