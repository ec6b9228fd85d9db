package dev.discern.report;

import dev.discern.data.ImageSet;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import dev.discern.view.View;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * Test images as data URIs. Photographs are kept sharp enough for a screen of double density, even
 * if the network sees fewer pixels. Together they take at most about 4.5 MB, so that the page stays
 * small enough to share.
 */
final class Pictures {
  private static final int BUDGET = 4_500_000;
  // The longer side of a photograph: twice what the page shows.
  private static final int SIDE = 224;
  // From here on, images are shown as photographs are: scaled to one size, and smoothed.
  private static final int PHOTOGRAPH = 64;

  private final ImageSet images;
  private final View view;
  private final ObjectNode uris = Json.object();
  private final ObjectNode names = Json.object();
  private int side;
  private int bytes;

  /** How much of the detail of a photograph to keep. */
  enum Detail {
    /** For pictures that the page shows at once. */
    FULL(1),
    /** For pictures in tooltips: half as many pixels along each side. */
    HALF(2);

    private final int every;

    Detail(int every) {
      this.every = every;
    }
  }

  Pictures(ImageSet images, View view) {
    this.images = images;
    this.view = view;
  }

  /** Adds an image, unless it is already present or the limit is reached. */
  void add(int image, Detail detail) {
    String key = Integer.toString(image);
    if (uris.has(key) || bytes > BUDGET) {
      return;
    }
    String uri = uri(image, detail);
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

  /** The longer side of the largest picture, in pixels; 0 if there is none. */
  int side() {
    return side;
  }

  private String uri(int image, Detail detail) {
    Pixels pixels = pixels(image);
    int longer = Math.max(pixels.height(), pixels.width());
    int every = longer < PHOTOGRAPH ? 1 : detail.every * Math.max(1, longer / SIDE);
    side = Math.max(side, longer);
    return Thumbnail.reduced(pixels, every, longer < PHOTOGRAPH ? "png" : "jpeg");
  }

  /** What the network sees of the image, in more pixels if the image has them. */
  private Pixels pixels(int image) {
    ImageShape shape = view.shape();
    int longer = Math.max(shape.height(), shape.width());
    ImageShape most = scaled(shape, Math.max(1, (double) SIDE / longer));
    View large = new View(most, view.fit(), view.interpolation(), view.augments());
    try (Raster raster = images.image(image).decode(large.atLeast(), shape.channels())) {
      int shorter = Math.min(raster.height(), raster.width());
      double has = shorter * view.fit().ratio() / Math.min(shape.height(), shape.width());
      ImageShape fitting = scaled(shape, Math.min((double) SIDE / longer, has));
      return view.fit().apply(raster, fitting, view.interpolation(), new SplittableRandom(0));
    }
  }

  /** Never smaller than the network's view. */
  private static ImageShape scaled(ImageShape shape, double factor) {
    double larger = Math.max(1, factor);
    return new ImageShape(
        shape.channels(),
        (int) Math.round(larger * shape.height()),
        (int) Math.round(larger * shape.width()));
  }
}
