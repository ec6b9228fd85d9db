package discern.train;

import discern.loss.Targets;
import org.bytedeco.pytorch.Tensor;
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
}
