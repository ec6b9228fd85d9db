package dev.discern.view;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Creates views. */
public final class Views {
  private Views() {}

  /**
   * The deterministic view of validation, test and prediction.
   *
   * @param shape the network's input shape
   * @param interpolation the filter for scaling
   * @param cropRatio the share of the scaled image that is kept along each side, in [0.1, 1]
   * @return a center crop without augmentation
   * @throws InvalidConfig if the ratio is outside [0.1, 1]
   */
  public static View evaluation(ImageShape shape, Interpolation interpolation, double cropRatio) {
    return new View(shape, new CenterCrop(cropRatio), interpolation, List.of());
  }

  /**
   * The view of training.
   *
   * @param shape the network's input shape
   * @param interpolation the filter for scaling
   * @param cropRatio the ratio of the center crop, in [0.1, 1]; unused if {@code augments} starts
   *     with its own fit, such as {@code resized-crop}
   * @param augments entries of {@link Augments#CATALOGUE}, in the order in which they are applied
   * @return the view
   * @throws InvalidConfig if a name or a parameter is unknown, a value breaks its rule, two entries
   *     contradict each other, or one does not support the shape
   */
  public static View training(
      ImageShape shape, Interpolation interpolation, double cropRatio, List<Spec> augments) {
    requireOnce(augments);
    Fit fit = new CenterCrop(cropRatio);
    List<Augment> changes = new ArrayList<>();
    for (int i = 0; i < augments.size(); i++) {
      Step step = Augments.CATALOGUE.create(augments.get(i));
      if (step instanceof Augment augment) {
        changes.add(augment);
      } else {
        fit = requireFirst((Fit) step, augments, i);
      }
    }
    return new View(shape, fit, interpolation, changes);
  }

  private static Fit requireFirst(Fit fit, List<Spec> augments, int position) {
    if (position > 0) {
      throw new InvalidConfig(
          "Augmentation '"
              + augments.get(position).name()
              + "' decides how an image is cropped, so it comes first: put it before '"
              + augments.get(0).name()
              + "'.");
    }
    return fit;
  }

  private static void requireOnce(List<Spec> augments) {
    Set<String> names = new HashSet<>();
    for (Spec augment : augments) {
      if (!names.add(augment.name())) {
        throw new InvalidConfig(
            "Augmentation '" + augment.name() + "' is listed twice: list it once.");
      }
    }
  }
}
