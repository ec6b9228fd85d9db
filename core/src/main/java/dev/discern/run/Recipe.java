package dev.discern.run;

import java.util.List;
import java.util.Map;

/** The settings that go together for a way of training on a user's own images. */
final class Recipe {
  /**
   * Fine-tuning: the head first, on features, then the whole network. Chosen on the validation
   * images of three data sets (docs/results.md).
   */
  static final Map<String, Object> FINE_TUNE =
      Map.of(
          "data.augment",
          List.of("resized-crop", "flip"),
          "optim.optimizer",
          "adamw",
          "optim.lr",
          5e-4,
          "optim.weightDecay",
          0.05,
          "optim.decayNormsAndBiases",
          false,
          "optim.layerDecay",
          0.9,
          "optim.warmupEpochs",
          0.5,
          "train.epochs",
          5,
          "train.batchSize",
          32,
          "train.headEpochs",
          30);

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

  private Recipe() {}
}
