package dev.discern.head;

import java.util.List;

/**
 * The numbers of features and classes for which a head is built.
 *
 * @param featureCount F, the number of channels of the backbone
 * @param classCount K
 * @param classCounts training images per class; empty if the head is only used for prediction
 */
public record HeadShape(int featureCount, int classCount, List<Long> classCounts) {
  /** Keeps an unmodifiable copy. */
  public HeadShape {
    classCounts = List.copyOf(classCounts);
  }
}
