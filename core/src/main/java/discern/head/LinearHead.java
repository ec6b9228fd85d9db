package discern.head;

import discern.loss.Loss;
import discern.loss.Targets;
import discern.torch.ParameterStore;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One linear layer on the pooled features, trained by a {@link Loss} on its logits. */
public final class LinearHead implements Head {
  private final Tensor weight;
  private final TensorOptional bias;
  private final Loss loss;

  /**
   * Adds {@code fc.weight [K, F]} and {@code fc.bias [K]} to the store, both drawn uniformly from
   * {@code ±1/√F} as PyTorch's linear layer does.
   *
   * @param store receives the parameters
   * @param featureCount F
   * @param classCount K
   * @param loss trains the logits
   */
  public LinearHead(ParameterStore store, int featureCount, int classCount, Loss loss) {
    ParameterStore part = store.under("fc");
    double bound = 1 / Math.sqrt(featureCount);
    weight = part.uniform("weight", bound, classCount, featureCount);
    bias = new TensorOptional(part.uniform("bias", bound, classCount));
    this.loss = loss;
  }

  @Override
  public Tensor logits(Features features) {
    return torch.linear(features.pooled(), weight, bias);
  }

  @Override
  public HeadLoss loss(Features features, Targets targets) {
    Tensor logits = logits(features);
    return new HeadLoss(logits, loss.perSample(logits, targets), Map.of());
  }
}
