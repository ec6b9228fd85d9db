package dev.discern.data;

import java.util.Arrays;

/** The labels of a batch of images. */
public sealed interface Labels {
  /**
   * The number of images.
   *
   * @return N
   */
  int size();

  /**
   * Whether an image carries a label.
   *
   * @param i the image, in [0, N)
   * @param k the class
   * @return true if it does
   */
  boolean has(int i, int k);

  /**
   * One class per image.
   *
   * @param classes {@code [N]}, indices
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between threads, never compared
  record One(int[] classes) implements Labels {
    @Override
    public int size() {
      return classes.length;
    }

    @Override
    public boolean has(int i, int k) {
      return classes[i] == k;
    }
  }

  /**
   * Any number of labels per image.
   *
   * @param sets {@code [N][]}, increasing indices
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between threads, never compared
  record Many(int[][] sets) implements Labels {
    @Override
    public int size() {
      return sets.length;
    }

    @Override
    public boolean has(int i, int k) {
      return contains(sets[i], k);
    }
  }

  /**
   * Whether a list of labels contains a class.
   *
   * @param labels increasing indices
   * @param k the class
   * @return true if it is
   */
  static boolean contains(int[] labels, int k) {
    return Arrays.binarySearch(labels, k) >= 0;
  }

  /**
   * The labels as flags.
   *
   * @param classCount K
   * @return {@code [N, K]}, row-major: whether the image carries the label
   */
  default boolean[] flags(int classCount) {
    boolean[] flags = new boolean[size() * classCount];
    for (int i = 0; i < size(); i++) {
      for (int k = 0; k < classCount; k++) {
        flags[i * classCount + k] = has(i, k);
      }
    }
    return flags;
  }

  /**
   * The classes of images with one label each.
   *
   * @return {@code [N]}, indices
   * @throws IllegalStateException if images have several labels
   */
  default int[] requireOne() {
    if (this instanceof One one) {
      return one.classes();
    }
    throw new IllegalStateException("These images have several labels each, not one class.");
  }
}
