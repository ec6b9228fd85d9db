package dev.discern.head;

import dev.discern.loss.Loss;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Tensors;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A linear layer on the pooled features, trained by a {@link Loss} on its logits. */
public final class LinearHead implements Head {
  private final Linear linear;
  private final Loss loss;
  private final int[] among;

  /**
   * Adds {@code fc.weight [K, F]} and {@code fc.bias [K]} to the store.
   *
   * @param store receives the parameters
   * @param featureCount F
   * @param classCount K
   * @param loss trains the logits
   */
  public LinearHead(ParameterStore store, int featureCount, int classCount, Loss loss) {
    this(Linear.of(store.under("fc"), featureCount, classCount), loss, new int[0]);
  }

  private LinearHead(Linear linear, Loss loss, int[] among) {
    this.linear = linear;
    this.loss = loss;
    this.among = among;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The logits of the other classes are excluded from the loss, and their weights receive no
   * gradient; their training logits are −∞.
   */
  @Override
  public Optional<Head> among(List<Integer> classes) {
    return Optional.of(
        new LinearHead(
            linear, loss.among(classes), classes.stream().mapToInt(Integer::intValue).toArray()));
  }

  @Override
  public <T> T logits(Operations<T> operations, T features) {
    return linear.on(operations, features);
  }

  @Override
  public HeadLoss loss(Features features, Targets targets) {
    Tensor logits = logits(features);
    if (among.length == 0) {
      return HeadLoss.of(logits, loss.perSample(logits, targets));
    }
    Tensor classes = Tensors.ofClasses(among).to(logits.device(), ScalarType.Long);
    Tensor chosen = logits.index_select(1, classes);
    Tensor others = torch.full_like(logits.detach(), new Scalar(Double.NEGATIVE_INFINITY));
    return HeadLoss.of(
        others.index_copy(1, classes, chosen.detach()), loss.perSample(chosen, targets));
  }
}
