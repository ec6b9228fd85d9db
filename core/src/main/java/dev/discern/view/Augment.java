package dev.discern.view;

import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * A random change to one image that keeps its size. Implementations are immutable records, and safe
 * to share between threads.
 */
public non-sealed interface Augment extends Step {
  /**
   * Changes an image.
   *
   * @param pixels the image, which the caller hands over; it may be changed in place and returned
   * @param random the only source of randomness; how much is drawn depends on the image's size, its
   *     channels and the numbers drawn, never on anything else
   * @return the changed image, of the same height, width and channels
   */
  Pixels apply(Pixels pixels, SplittableRandom random);

  /**
   * Refuses images that this augmentation does not support.
   *
   * @param shape the shape of the images to come
   * @throws dev.discern.config.InvalidConfig if it does not support them
   */
  default void requireSuits(ImageShape shape) {}
}
