package dev.discern.report;

import dev.discern.data.ImageSet;
import dev.discern.view.View;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/** Test images as data URIs, up to a size limit that keeps the page small enough to share. */
final class Pictures {
  private static final int BUDGET = 3_300_000;
  // Larger images are reduced to about this side.
  private static final int SIDE = 64;

  private final ImageSet images;
  private final View view;
  private final ObjectNode uris = Json.object();
  private final ObjectNode names = Json.object();
  private int bytes;

  Pictures(ImageSet images, View view) {
    this.images = images;
    this.view = view;
  }

  /** Adds an image, unless it is already present or the limit is reached. */
  void add(int image) {
    String key = Integer.toString(image);
    if (uris.has(key) || bytes > BUDGET) {
      return;
    }
    String uri = uri(image);
    bytes += uri.length();
    uris.put(key, uri);
    names.put(key, images.describe(image));
  }

  ObjectNode uris() {
    return uris;
  }

  ObjectNode names() {
    return names;
  }

  private String uri(int image) {
    return Thumbnail.of(view.apply(images.image(image), new SplittableRandom(0)), SIDE);
  }
}
