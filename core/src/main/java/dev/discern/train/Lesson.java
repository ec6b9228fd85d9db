package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.data.Labels;
import dev.discern.head.Head;
import java.util.Arrays;
import java.util.List;

/**
 * The content of an epoch.
 *
 * @param feed the batches of the epoch, the same number in every epoch, and their features
 * @param head computes the loss
 * @param objective labels to targets, over the classes taught
 * @param classes the classes taught, by index; a target's number is its class's position in this
 *     list
 */
@Internal
public record Lesson(Feed feed, Head head, Objective objective, List<Integer> classes) {
  /** Keeps an unmodifiable copy. */
  public Lesson {
    classes = List.copyOf(classes);
  }

  /** Labels as the objective numbers them. */
  Labels places(Labels labels) {
    if (labels instanceof Labels.Many) {
      return labels; // a lesson among some classes is for one class per image
    }
    int[] placeOf = new int[1 + classes.stream().mapToInt(Integer::intValue).max().orElse(0)];
    for (int place = 0; place < classes.size(); place++) {
      placeOf[classes.get(place)] = place;
    }
    return new Labels.One(
        Arrays.stream(labels.requireOne()).map(label -> placeOf[label]).toArray());
  }
}
