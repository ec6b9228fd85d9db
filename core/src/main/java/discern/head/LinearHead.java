package discern.head;

import discern.loss.Loss;
import discern.loss.Targets;
import discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;

/** One linear layer on the pooled features, trained by a {@link Loss} on its logits. */
public final class LinearHead implements Head {
  private final Linear linear;
  private final Loss loss;

  /**
   * Adds {@code fc.weight [K, F]} and {@code fc.bias [K]} to the store.
   *
   * @param store receives the parameters
   * @param featureCount F
   * @param classCount K
   * @param loss trains the logits
   */
  public LinearHead(ParameterStore store, int featureCount, int classCount, Loss loss) {
    this.linear = Linear.of(store.under("fc"), featureCount, classCount);
    this.loss = loss;
  }

  @Override
  public Tensor logits(Features features) {
    return linear.of(features.pooled());
  }

  @Override
  public HeadLoss loss(Features features, Targets targets) {
    Tensor logits = logits(features);
    return HeadLoss.of(logits, loss.perSample(logits, targets));
  }
}
