package dev.discern.data;

import dev.discern.config.Check;
import dev.discern.config.DataConfig;
import dev.discern.config.Spec;
import dev.discern.image.ImageShape;

/**
 * Random changes to training images.
 *
 * @param cropPadding pixels {@code p} of padding on every side before the random crop back to size:
 *     an image moves by −p to p each way, and what moves in is 0 after normalisation, the mean of
 *     the training images
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(int cropPadding, boolean flip) {
  /** None. */
  public static final Augmentation NONE = new Augmentation(0, false);

  /** Refuses a negative padding. */
  public Augmentation {
    Check.that(cropPadding >= 0, "data.cropPadding", cropPadding, "must be 0 or more");
  }

  /**
   * What a configuration asks for.
   *
   * @param config the configuration
   * @return its padding and flip
   */
  public static Augmentation of(DataConfig config) {
    int padding = 0;
    boolean flip = false;
    for (String text : config.augment()) {
      Spec spec = Spec.parse(text);
      padding = spec.parameters().getOrDefault("padding", (double) padding).intValue();
      flip |= spec.name().equals("flip");
    }
    return new Augmentation(padding, flip);
  }

  /** Refuses a padding with which a crop could miss the whole image. */
  void requireFits(ImageShape shape) {
    int side = Math.min(shape.height(), shape.width());
    Check.that(
        cropPadding < side,
        "data.cropPadding",
        cropPadding,
        "must be less than the images' side of " + side);
  }
}
