package dev.discern.view;

import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The recipe from an encoded image to a network's input: decoding, fitting to a size, augmentation.
 * Plain data, safe to share between threads; {@link Views} creates them.
 *
 * @param shape the shape of the result
 * @param fit how to fit images of any size to that shape
 * @param interpolation the filter for scaling
 * @param augments random changes, in the order in which they are applied
 */
public record View(ImageShape shape, Fit fit, Interpolation interpolation, List<Augment> augments) {
  /**
   * Keeps an unmodifiable copy of the list.
   *
   * @throws dev.discern.config.InvalidConfig if an augmentation does not support the shape
   */
  public View {
    augments = List.copyOf(augments);
    augments.forEach(augment -> augment.requireSuits(shape));
  }

  /**
   * The shorter side that suffices for this view of an image of any shape. Decoders need not
   * deliver more, and a cache of decoded images may shrink them to this size. It is twice the
   * shorter side of the view, or its longer side if that is more, divided by the fit's ratio.
   *
   * <p>A random resized crop of less than a quarter of an image of this size is enlarged.
   *
   * @return pixels, at least 2
   */
  public int atLeast() {
    int shorter = Math.min(shape.height(), shape.width());
    int longer = Math.max(shape.height(), shape.width());
    return (int) Math.ceil(Math.max(2.0 * shorter, longer) / fit.ratio());
  }

  /**
   * Produces the pixels of one image.
   *
   * @param image the image, not changed
   * @param random the only source of randomness: equal generators give equal pixels. Views without
   *     a random part do not use it
   * @return new pixels of this view's shape, for the caller to keep
   * @throws dev.discern.config.WorkFailed if the image cannot be decoded
   */
  public Pixels apply(Encoded image, SplittableRandom random) {
    Pixels pixels;
    try (Raster raster = image.decode(atLeast(), shape.channels())) {
      pixels = fit.apply(raster, shape, interpolation, random);
    }
    for (Augment augment : augments) {
      pixels = augment.apply(pixels, random);
    }
    return pixels;
  }
}
