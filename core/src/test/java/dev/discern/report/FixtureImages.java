package dev.discern.report;

import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/** The pictures of a fixture: image {@code i} is of class {@code i} modulo the classes. */
final class FixtureImages {
  private final ObjectNode images;
  private final ObjectNode names;

  FixtureImages(ObjectNode page) {
    images = page.putObject("images");
    names = page.putObject("imageNames");
  }

  /** Adds a picture of a class, unless it is there. */
  int of(int label, int classes, int number) {
    int index = label + classes * number;
    String key = Integer.toString(index);
    if (!images.has(key)) {
      images.put(key, TinyImages.png(label, new SplittableRandom(index)));
      names.put(key, "test image " + index);
    }
    return index;
  }
}
