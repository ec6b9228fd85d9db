package dev.discern.run;

import dev.discern.data.Photographs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that go together for a way of training on a user's own images. */
final class Recipe {
  /** Fine-tuning: the head first, on features, then the whole network. */
  private static final Map<String, Object> FINE_TUNE =
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
          32);

  /** The optimizer of a head on features, which change neither in scale nor from epoch to epoch. */
  static final Map<String, Object> HEAD =
      Map.of(
          "optim.optimizer",
          "sgd",
          "optim.momentum",
          0.9,
          "optim.nesterov",
          true,
          "optim.lr",
          0.03,
          "optim.weightDecay",
          0.01,
          "optim.decayNormsAndBiases",
          false,
          "optim.schedule",
          "cosine",
          "optim.warmupEpochs",
          1.0);

  // Few images need more passes: the number of steps counts.
  private static final int IMAGES_TUNED = 24_500;
  private static final int IMAGES_OF_HEAD = 20_000;
  private static final int MANY = 10_000;
  // A guess: fine-tuning is worse with 10 per class and better with 300 (docs/results.md).
  private static final int FEW_PER_CLASS = 50;

  private Recipe() {}

  /** Whether there are too few images to change more than the head. */
  static boolean areFew(Optional<Photographs.Amount> amount) {
    return amount.filter(a -> a.images() < FEW_PER_CLASS * a.classes()).isPresent();
  }

  /** Settings of fine-tuning. */
  static Map<String, Object> fineTuning(Optional<Photographs.Amount> amount) {
    Map<String, Object> settings = new HashMap<>(FINE_TUNE);
    settings.put("train.epochs", epochs(IMAGES_TUNED, amount, 3, 40));
    settings.put("train.headEpochs", epochs(IMAGES_OF_HEAD, amount, 10, 200));
    return settings;
  }

  /** Settings of a run that trains the head alone. */
  static Map<String, Object> frozen(Optional<Photographs.Amount> amount) {
    Map<String, Object> settings = new HashMap<>(HEAD);
    settings.put("data.augment", List.of());
    settings.put("train.batchSize", 32);
    settings.put("train.epochs", epochs(IMAGES_OF_HEAD, amount, 30, 200));
    settings.put("model.freeze", Freezing.BACKBONE);
    return settings;
  }

  // The fewer images, the more epochs.
  private static int epochs(int shown, Optional<Photographs.Amount> amount, int least, int most) {
    int images = amount.map(Photographs.Amount::images).orElse(MANY);
    return Math.max(least, Math.min(most, (int) Math.round((double) shown / images)));
  }
}
