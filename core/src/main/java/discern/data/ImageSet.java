package discern.data;

import discern.config.WorkFailed;
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
   * The class of an image.
   *
   * @param i the image, in [0, size)
   * @return an index into {@link #classNames()}
   */
  int label(int i);

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
   * @return one count a class
   */
  default int[] classCounts() {
    int[] counts = new int[classNames().size()];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }
}
