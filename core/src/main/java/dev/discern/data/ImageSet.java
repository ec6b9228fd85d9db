package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.Encoded;
import java.util.List;

/** Labeled images, decoded on demand. Sets are immutable and safe for use by several threads. */
public interface ImageSet {
  /**
   * The number of images.
   *
   * @return at least 1
   */
  int size();

  /**
   * The names of the classes; a label is an index into them.
   *
   * @return an unmodifiable list, shared by all parts of a split
   */
  List<String> classNames();

  /**
   * How many labels each image has.
   *
   * @return one, unless the set overrides this
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * The class of an image in a one-label set.
   *
   * @param i the image, in [0, size)
   * @return an index into {@link #classNames()}
   * @throws IllegalStateException if the set's images have several labels each
   */
  int label(int i);

  /**
   * All labels of an image.
   *
   * @param i the image, in [0, size)
   * @return increasing indices into {@link #classNames()}; may be empty if the task is several
   *     labels per image
   */
  default int[] labels(int i) {
    return new int[] {label(i)};
  }

  /**
   * An image that is not decoded yet.
   *
   * @param i the image, in [0, size)
   * @return the encoded image, which decodes itself
   */
  Encoded image(int i);

  /**
   * Whether reading an image requires decoding it.
   *
   * @return false for pixels that are in memory already
   */
  default boolean needsDecoding() {
    return true;
  }

  /**
   * The name of an image, for messages and reports.
   *
   * @param i the image, in [0, size)
   * @return a file's path relative to the data set, or an index with the set's name
   */
  String describe(int i);

  /**
   * Bytes that differ when the image does, without decoding it.
   *
   * @param i the image, in [0, size)
   * @return what {@link Fingerprint} hashes for it
   */
  byte[] identity(int i);

  /**
   * Bytes that also differ when the image was written again, for results kept from one run to the
   * next.
   *
   * @param i the image, in [0, size)
   * @return its {@link #identity}, and the time at which its file was written, if it has one
   */
  default byte[] version(int i) {
    return identity(i);
  }

  /**
   * Counts the images of each class.
   *
   * @return one count per class; an image of several labels counts for each
   */
  default int[] classCounts() {
    int[] counts = new int[classNames().size()];
    for (int i = 0; i < size(); i++) {
      for (int label : labels(i)) {
        counts[label]++;
      }
    }
    return counts;
  }
}
