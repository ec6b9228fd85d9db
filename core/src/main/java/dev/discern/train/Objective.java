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
 * How labels become targets.
 *
 * @param classCount K
 * @param labelSmoothing share of the target mass spread evenly, in [0, 1)
 * @param classWeights {@code [K]}, float32, or null where all classes weigh the same
 */
@Internal
public record Objective(int classCount, double labelSmoothing, @Nullable Tensor classWeights) {
  /**
   * The targets to evaluate on.
   *
   * @param labels of N images
   * @param device where the targets are to live
   * @return one class, or several labels, a sample, weighted
   */
  Targets plain(Labels labels, Device device) {
    if (labels instanceof Labels.One one) {
      return classes(one, device);
    }
    Tensor carried = BatchTensors.flags(labels.flags(classCount), classCount);
    return new Targets.MultiHot(carried.to(device, ScalarType.Float), classWeights);
  }

  /**
   * The targets to train on.
   *
   * @param labels of N images
   * @param device where the targets are to live
   * @return the same, smoothed where that was asked for
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
   * The objective among some classes.
   *
   * @param classes which, by index
   * @return the same smoothing and weights, over these classes, numbered by their place
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
