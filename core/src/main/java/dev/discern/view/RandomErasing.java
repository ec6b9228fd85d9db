package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Pixels;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Covers a random rectangle in some of the images, as torchvision's {@code RandomErasing} does: an
 * area uniform between two shares of the image, an aspect between 0.3 and 3.3, ten tries.
 *
 * <p>torchvision erases after normalization, with 0, which is the mean color. These pixels are not
 * normalized yet, so the fill is the mean color of ImageNet: red 124, green 116, blue 104, or 117
 * in grayscale.
 *
 * <p>Source: Zhong, Zheng, Kang, Li, Yang, "Random Erasing Data Augmentation", arXiv 1708.04896
 * (2017).
 *
 * @param probability the share of images that are changed, in [0, 1]
 * @param minScale the smallest share of the image's area, in (0, maxScale]
 * @param maxScale the largest share of the image's area, at most 1
 */
public record RandomErasing(double probability, double minScale, double maxScale)
    implements Augment {
  private static final int TRIES = 10;
  private static final double MIN_ASPECT = 0.3;
  private static final double MAX_ASPECT = 3.3;
  private static final byte[] COLOR = {124, 116, 104};
  private static final byte GRAY = 117;

  /**
   * Checks probability and shares.
   *
   * @throws dev.discern.config.InvalidConfig if one is out of range
   */
  public RandomErasing {
    Check.that(
        probability >= 0 && probability <= 1,
        "Parameter p of erase",
        probability,
        "must lie in [0, 1]");
    Ranges.share("erase", minScale, maxScale);
  }

  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return pixels;
    }
    double area = (double) pixels.height() * pixels.width();
    for (int i = 0; i < TRIES; i++) {
      double target = area * Ranges.uniform(random, minScale, maxScale);
      double aspect = Ranges.logUniform(random, MIN_ASPECT, MAX_ASPECT);
      double height = Math.rint(Math.sqrt(target * aspect));
      double width = Math.rint(Math.sqrt(target / aspect));
      if (height < pixels.height() && width < pixels.width()) {
        int top = random.nextInt(pixels.height() - (int) height + 1);
        int left = random.nextInt(pixels.width() - (int) width + 1);
        return erased(pixels, top, left, (int) height, (int) width);
      }
    }
    return pixels;
  }

  /** The image with a rectangle filled, in place. */
  static Pixels erased(Pixels pixels, int top, int left, int height, int width) {
    byte[] data = pixels.data();
    int channels = pixels.channels();
    for (int y = top; y < top + height; y++) {
      int from = (y * pixels.width() + left) * channels;
      int to = from + width * channels;
      if (channels == 1) {
        Arrays.fill(data, from, to, GRAY);
      } else {
        for (int i = from; i < to; i += COLOR.length) {
          System.arraycopy(COLOR, 0, data, i, COLOR.length);
        }
      }
    }
    return pixels;
  }
}
