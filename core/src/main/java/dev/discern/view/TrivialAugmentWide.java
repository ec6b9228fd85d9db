package dev.discern.view;

import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * One operation of fourteen, at a random strength: torchvision's {@code TrivialAugmentWide}.
 *
 * <p>Source: Müller, Hutter, "TrivialAugment: Tuning-free Yet State-of-the-Art Data Augmentation",
 * arXiv 2103.10158 (2021), the wide space.
 */
public record TrivialAugmentWide() implements Augment {
  private static final PolicyOperation[] OPERATIONS = PolicyOperation.values();

  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    PolicyOperation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
    double magnitude = Magnitudes.WIDE.at(operation, random.nextInt(Magnitudes.HIGHEST + 1));
    boolean negative = operation.signed() && random.nextBoolean();
    return operation.apply(negative ? -magnitude : magnitude, pixels);
  }
}
