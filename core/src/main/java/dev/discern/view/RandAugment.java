package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * Several operations of fourteen, one after the other, all of one strength: torchvision's {@code
 * RandAugment}.
 *
 * <p>Source: Cubuk, Zoph, Shlens, Le, "RandAugment: Practical automated data augmentation with a
 * reduced search space", arXiv 1909.13719 (2019).
 *
 * @param operations N, 1 to 14
 * @param magnitude M, 0 to 30
 */
public record RandAugment(int operations, int magnitude) implements Augment {
  private static final PolicyOperation[] OPERATIONS = PolicyOperation.values();

  /**
   * Checks N and M.
   *
   * @throws dev.discern.config.InvalidConfig if one is out of range
   */
  public RandAugment {
    Check.whole("rand-augment", "n", operations, OPERATIONS.length);
    Check.that(
        magnitude >= 0 && magnitude <= Magnitudes.HIGHEST,
        "Parameter m of rand-augment",
        magnitude,
        "must be a whole number from 0 to " + Magnitudes.HIGHEST);
  }

  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    Magnitudes magnitudes = Magnitudes.ofRandAugment(pixels.height(), pixels.width());
    Pixels changed = pixels;
    for (int i = 0; i < operations; i++) {
      PolicyOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
      double strength = magnitudes.at(operation, magnitude);
      boolean negative = operation.signed() && random.nextBoolean();
      changed = operation.apply(negative ? -strength : strength, changed);
    }
    return changed;
  }
}
