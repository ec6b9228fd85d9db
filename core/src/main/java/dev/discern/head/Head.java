package dev.discern.head;

import dev.discern.loss.Targets;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** The part of a network that maps features to logits, with the loss that trains it. */
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
   * The logits for prediction.
   *
   * @param features the features of a batch
   * @return {@code [N, K]}, float32
   */
  default Tensor logits(Features features) {
    return logits(EngineOperations.ENGINE, features.pooled());
  }

  /**
   * The logits for prediction, in operations that the engine runs or an exporter writes down.
   *
   * @param operations the meaning of the operations
   * @param features {@code [N, F]}
   * @param <T> what the operations work on
   * @return {@code [N, K]}
   */
  <T> T logits(Operations<T> operations, T features);

  /**
   * The training loss.
   *
   * @param features the features of a batch
   * @param targets the true labels of the batch
   * @return the per-sample loss and the batch terms
   */
  HeadLoss loss(Features features, Targets targets);
}
