package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.util.List;

/**
 * Labelled images of one shape. Sets never change, and may be read from several threads at once.
 */
public interface ImageSet {
  /**
   * The number of images.
   *
   * @return at least 1
   */
  int size();

  /**
   * The shape all images have.
   *
   * @return channels, height, width
   */
  ImageShape shape();

  /**
   * The names of the classes; a label is an index into them.
   *
   * @return an unmodifiable list, shared by all parts of a split
   */
  List<String> classNames();

  /**
   * How many labels an image has.
   *
   * @return one each, unless the set says otherwise
   */
  default Task task() {
    return Task.ONE_LABEL;
  }

  /**
   * The class of an image that has one.
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
   * @return rising indices into {@link #classNames()}; may be empty where the task is several
   *     labels an image
   */
  default int[] labels(int i) {
    return new int[] {label(i)};
  }

  /**
   * Copies an image's pixels.
   *
   * @param i the image, in [0, size)
   * @param target receives {@code shape().volume()} unsigned bytes in the order {@code [C, H, W]}
   * @param offset where in the target they start
   * @throws WorkFailed if the image must be decoded and can't be
   */
  void read(int i, byte[] target, int offset);

  /**
   * Says which image this is, for messages and reports.
   *
   * @param i the image, in [0, size)
   * @return a file's path relative to the data set, or an index with the part's name
   */
  String describe(int i);

  /**
   * Bytes that differ when the image does: the pixels, unless the set knows something cheaper.
   *
   * @param i the image, in [0, size)
   * @return what {@link Fingerprint} hashes for it
   */
  default byte[] identity(int i) {
    byte[] pixels = new byte[shape().volume()];
    read(i, pixels, 0);
    return pixels;
  }

  /**
   * Counts the images of each class.
   *
   * @return one count a class; an image of several labels counts for each
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
