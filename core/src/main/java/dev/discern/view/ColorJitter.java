package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * Changes brightness, contrast, saturation and hue by random factors, in random order:
 * torchvision's {@code ColorJitter}. Saturation and hue leave grayscale images as they are.
 *
 * <p>Source: Howard, "Some Improvements on Deep Convolutional Neural Network Based Image
 * Classification", arXiv 1312.5402 (2013), section 2.
 *
 * @param brightness the factor is uniform in [max(0, 1 − brightness), 1 + brightness]; 0 or more
 * @param contrast likewise
 * @param saturation likewise
 * @param hue the shift is uniform in [−hue, hue], in turns of the color circle; in [0, 0.5]
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements Augment {
  /**
   * Checks the strengths.
   *
   * @throws dev.discern.config.InvalidConfig if one is out of range
   */
  public ColorJitter {
    Check.nonNegative("color-jitter", "brightness", brightness);
    Check.nonNegative("color-jitter", "contrast", contrast);
    Check.nonNegative("color-jitter", "saturation", saturation);
    Check.that(
        hue >= 0 && hue <= 0.5, "Parameter hue of color-jitter", hue, "must lie in [0, 0.5]");
  }

  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    int[] order = {0, 1, 2, 3};
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    Pixels changed = pixels;
    for (int which : order) {
      changed = change(which, changed, random);
    }
    return changed;
  }

  private Pixels change(int which, Pixels pixels, SplittableRandom random) {
    double strength =
        switch (which) {
          case 0 -> brightness;
          case 1 -> contrast;
          case 2 -> saturation;
          default -> hue;
        };
    if (strength == 0) {
      return pixels;
    }
    return switch (which) {
      case 0 -> new Brightness(factor(random, strength)).apply(pixels);
      case 1 -> new Contrast(factor(random, strength)).apply(pixels);
      case 2 -> new Saturation(factor(random, strength)).apply(pixels);
      default -> new Hue(Ranges.uniform(random, -strength, strength)).apply(pixels);
    };
  }

  private static double factor(SplittableRandom random, double strength) {
    return Ranges.uniform(random, Math.max(0, 1 - strength), 1 + strength);
  }
}
