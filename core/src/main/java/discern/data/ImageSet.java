package discern.data;

import java.util.List;

/** Labelled images of one shape. Safe to read from several threads. */
public interface ImageSet {
  /**
   * The number of images.
   *
   * @return N
   */
  int size();

  /**
   * The shape of every image.
   *
   * @return the same for all
   */
  ImageShape shape();

  /**
   * The classes.
   *
   * @return K names, in the order of the labels
   */
  List<String> classNames();

  /**
   * The class of an image.
   *
   * @param index in [0, N)
   * @return in [0, K)
   */
  int label(int index);

  /**
   * Copies an image's pixels.
   *
   * @param index in [0, N)
   * @param target receives {@code [C, H, W]} as unsigned bytes
   * @param offset where in the target
   */
  void read(int index, byte[] target, int offset);

  /**
   * What identifies an image, for messages and fingerprints.
   *
   * @param index in [0, N)
   * @return a path, or a name with a number
   */
  String describe(int index);

  /**
   * Every label.
   *
   * @return N classes
   */
  default int[] labels() {
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i);
    }
    return labels;
  }
}
