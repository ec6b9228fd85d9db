package dev.discern.head;

import dev.discern.loss.Targets;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Features to logits, and the loss that trains them. */
public interface Head {
  /**
   * The same head, trained among some classes only, for curricula.
   *
   * @param classes which, at least two; targets then number them by their place in this list
   * @return a head that shares this one's parameters; empty where the method owns more than logits
   */
  default Optional<Head> among(List<Integer> classes) {
    return Optional.empty();
  }

  /**
   * The logits that predict.
   *
   * @param features of a batch
   * @return {@code [N, K]}, float32
   */
  Tensor logits(Features features);

  /**
   * The loss that trains.
   *
   * @param features of a batch
   * @param targets what its samples are
   * @return per-sample loss and batch terms
   */
  HeadLoss loss(Features features, Targets targets);
}
