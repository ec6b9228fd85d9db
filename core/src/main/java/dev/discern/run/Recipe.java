package dev.discern.run;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The settings that go together for a way of training on a user's own images. */
final class Recipe {
  /**
   * Fine-tuning: the head first, on features, then the whole network. Chosen on the validation
   * images of three data sets (docs/results.md).
   */
  static final Map<String, Object> FINE_TUNE =
      Map.of(
          "data.augment",
          List.of("resized-crop(minScale=0.35)", "flip"),
          "optim.optimizer",
          "adamw",
          "optim.lr",
          1e-3,
          "optim.weightDecay",
          0.05,
          "optim.decayNormsAndBiases",
          false,
          "optim.warmupEpochs",
          0.5,
          "train.batchSize",
          32,
          "train.headEpochs",
          10);

  /** The head alone, on features that are computed once. */
  static final Map<String, Object> FROZEN =
      Map.of(
          "data.augment",
          List.of(),
          "optim.optimizer",
          "adamw",
          "optim.lr",
          2e-3,
          "optim.weightDecay",
          0.01,
          "optim.decayNormsAndBiases",
          false,
          "optim.warmupEpochs",
          1.0,
          "train.epochs",
          30,
          "train.batchSize",
          32);

  // Few images need more passes: the number of steps counts.
  private static final int IMAGES_SHOWN = 24_500;
  private static final int LEAST_EPOCHS = 3;
  private static final int MOST_EPOCHS = 40;

  private Recipe() {}

  /**
   * Epochs of fine-tuning: the fewer images, the more.
   *
   * @param images to train on; empty if they are many
   */
  static int epochs(OptionalInt images) {
    return images.isEmpty()
        ? LEAST_EPOCHS
        : Math.max(
            LEAST_EPOCHS,
            Math.min(MOST_EPOCHS, (int) Math.round((double) IMAGES_SHOWN / images.getAsInt())));
  }
}
