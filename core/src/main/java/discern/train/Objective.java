package discern.train;

import discern.loss.Targets;
import discern.torch.Scope;
import discern.torch.Tensors;
import java.util.List;
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
public record Objective(int classCount, double labelSmoothing, @Nullable Tensor classWeights) {
  /**
   * The targets to evaluate on.
   *
   * @param classes {@code [N]}, int64
   * @return one class a sample, weighted
   */
  Targets.Classes plain(Tensor classes) {
    return new Targets.Classes(classes, classWeights);
  }

  /**
   * The targets to train on.
   *
   * @param classes {@code [N]}, int64
   * @return the same, smoothed where that was asked for
   */
  Targets training(Tensor classes) {
    Targets.Classes plain = plain(classes);
    return labelSmoothing > 0 ? plain.smoothed(labelSmoothing, classCount) : plain;
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
