package dev.discern.head;

import java.util.List;

/**
 * What a head is built for.
 *
 * @param featureCount F, the backbone's channels
 * @param classCount K
 * @param classCounts training images of each class; empty where the head will only predict
 */
public record HeadShape(int featureCount, int classCount, List<Long> classCounts) {
  /** Keeps an unmodifiable copy. */
  public HeadShape {
    classCounts = List.copyOf(classCounts);
  }
}
