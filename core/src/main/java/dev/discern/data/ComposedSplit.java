package dev.discern.data;

import dev.discern.view.View;
import java.util.ArrayList;
import java.util.List;

/** Composes pictures of several images within each part of a data set. */
final class ComposedSplit {
  private ComposedSplit() {}

  /**
   * Composes each part separately, so that no image is in pictures of two parts.
   *
   * @param whole images of one class each
   * @param cell how an image fills its cell of a picture
   * @param most the most images of a picture
   * @param seed of the drawing
   * @return pictures with several labels; notes name the classes that a part lost
   */
  static Split of(Split whole, View cell, int most, long seed) {
    Split composed =
        new Split(
            Composition.of(whole.train(), cell, most, seed, 0),
            Composition.of(whole.validation(), cell, most, seed, 1),
            Composition.of(whole.test(), cell, most, seed, 2),
            Composition.shape(whole.shape()),
            whole.notes());
    List<String> notes = new ArrayList<>(whole.notes());
    noteLost(composed.train(), "training", notes);
    noteLost(composed.validation(), "validation", notes);
    noteLost(composed.test(), "test", notes);
    return new Split(
        composed.train(), composed.validation(), composed.test(), composed.shape(), notes);
  }

  // An image that is in no picture may have been the only one of its class.
  private static void noteLost(ImageSet part, String name, List<String> notes) {
    int[] counts = part.classCounts();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] == 0) {
        notes.add("No composed " + name + " picture carries '" + part.classNames().get(k) + "'.");
      }
    }
  }
}
