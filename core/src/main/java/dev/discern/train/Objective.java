package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.data.Labels;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Converts labels to targets.
 *
 * @param classCount K
 * @param labelSmoothing share of the target mass spread evenly, in [0, 1)
 * @param classWeights {@code [K]}, float32, or null if all classes weigh the same
 */
@Internal
public record Objective(int classCount, double labelSmoothing, @Nullable Tensor classWeights) {
  /**
   * The targets for evaluation.
   *
   * @param labels of N images
   * @param device the device of the targets
   * @return one class, or several labels, per sample, weighted
   */
  Targets plain(Labels labels, Device device) {
    if (labels instanceof Labels.One one) {
      return classes(one, device);
    }
    Tensor carried = BatchTensors.flags(labels.flags(classCount), classCount);
    return new Targets.MultiHot(carried.to(device, ScalarType.Float), classWeights);
  }

  /**
   * The targets for training.
   *
   * @param labels of N images
   * @param device the device of the targets
   * @return the same, smoothed if configured
   */
  Targets training(Labels labels, Device device) {
    return labelSmoothing > 0 && labels instanceof Labels.One one
        ? classes(one, device).smoothed(labelSmoothing, classCount)
        : plain(labels, device);
  }

  /**
   * Targets as distributions, for mixing.
   *
   * @param targets one class per sample, or distributions
   * @return the same as distributions
   */
  Targets.Distribution distribution(Targets targets) {
    return targets instanceof Targets.Distribution soft
        ? soft
        : Targets.requireClasses(targets, "Mixing").smoothed(0, classCount);
  }

  private Targets.Classes classes(Labels.One one, Device device) {
    Tensor classes = Tensors.ofClasses(one.classes()).to(device, ScalarType.Long);
    return new Targets.Classes(classes, classWeights);
  }

  /**
   * The objective over a subset of the classes.
   *
   * @param classes the classes, by index
   * @return the same smoothing and weights, over these classes, numbered by their position
   */
  public Objective among(List<Integer> classes) {
    if (classWeights == null) {
      return new Objective(classes.size(), labelSmoothing, null);
    }
    try (Scope scope = new Scope()) {
      int[] indices = classes.stream().mapToInt(Integer::intValue).toArray();
      Tensor chosen =
          classWeights.index_select(
              0, Tensors.ofClasses(indices).to(classWeights.device(), ScalarType.Long));
      return new Objective(classes.size(), labelSmoothing, scope.keep(chosen));
    }
  }
}
