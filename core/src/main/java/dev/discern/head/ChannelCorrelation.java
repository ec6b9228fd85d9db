package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Channel correlation loss (CC-Loss), a reconstruction: a squeeze-and-excitation module gives each
 * sample an attention over channels, {@code a = σ(W_2·relu(W_1·GAP(F)))}, and the classifier
 * receives {@code a ⊙ F}. Over the pairs of a batch, the loss keeps {@code D_ij = ‖a_i − a_j‖}
 * small within a class and large between classes: {@code L = CE + λ·(L_intra + max(0, margin −
 * L_inter))}, with the mean distances of same-class and different-class pairs.
 *
 * <p>Source: Song, Chang, Ma, Li, Tan, "CC-Loss: channel correlation loss for image
 * classification", arXiv 2010.05469 (ICPR 2020). The attention, the distance matrix and the purpose
 * come from the paper; the equation is ours.
 *
 * <p>Implementation notes. Pooling and channel scaling commute, so the attention is applied to the
 * pooled features. The engine defines the gradient of the distance as 0 at distance 0.
 *
 * @param weight λ ≥ 0
 * @param margin the desired distance between classes, above 0; distances are at most √F
 * @param reduction F divided by the number of hidden units of the attention, a whole number of at
 *     least 1
 */
public record ChannelCorrelation(double weight, double margin, double reduction)
    implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public ChannelCorrelation {
    Check.nonNegative("cc-loss", "weight", weight);
    Check.positive("cc-loss", "margin", margin);
    Check.whole("cc-loss", "reduction", reduction, 1024);
  }

  @Override
  public boolean wantsClassBalance() {
    return true;
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    int features = shape.featureCount();
    int hidden = Math.max(1, features / (int) reduction);
    return new Attentive(
        Linear.of(store.under("attention.squeeze"), features, hidden),
        Linear.of(store.under("attention.excite"), hidden, features),
        Linear.of(store.under("fc"), features, shape.classCount()),
        weight,
        margin);
  }

  private record Attentive(
      Linear squeeze, Linear excite, Linear linear, double weight, double margin) implements Head {
    @Override
    public <T> T logits(Operations<T> operations, T features) {
      return attended(operations, attention(operations, features), features);
    }

    private <T> T attention(Operations<T> operations, T features) {
      T squeezed = operations.relu(squeeze.on(operations, features));
      return operations.sigmoid(excite.on(operations, squeezed));
    }

    private <T> T attended(Operations<T> operations, T attention, T features) {
      return linear.on(operations, operations.multiply(attention, features));
    }

    @Override
    public HeadLoss loss(Features features, Targets targets) {
      Targets.Classes classes = Targets.requireClasses(targets, "cc-loss");
      Tensor attention = attention(EngineOperations.ENGINE, features.pooled());
      Tensor logits = attended(EngineOperations.ENGINE, attention, features.pooled());
      // Mode 2 computes differences; the expanded square loses small distances to cancellation.
      Tensor distances = torch.cdist(attention, attention, 2, new LongOptional(2));
      Tensor same = classes.classes().unsqueeze(1).eq(classes.classes().unsqueeze(0));
      Tensor itself = torch.eye(same.size(0)).to(attention.device(), ScalarType.Bool);
      Tensor alike = same.logical_and(itself.logical_not());
      Tensor apart = same.logical_not();
      Tensor intra = mean(distances, alike);
      Tensor inter = mean(distances, apart);
      Map<String, Tensor> figures = new TreeMap<>();
      if (alike.any().item_bool()) {
        figures.put("intraDistance", intra.detach());
      }
      Tensor missing = torch.rsub(inter, new Scalar(margin)).relu();
      if (apart.any().item_bool()) {
        figures.put("interDistance", inter.detach());
      } else {
        missing = torch.zeros_like(missing.detach());
      }
      return new HeadLoss(
          logits,
          new CrossEntropy().perSample(logits, classes),
          Map.of("intra", intra.mul(new Scalar(weight)), "inter", missing.mul(new Scalar(weight))),
          figures);
    }

    // Without any pair the mean distance is 0, with no gradient.
    private static Tensor mean(Tensor distances, Tensor pairs) {
      Tensor mask = pairs.to(ScalarType.Float);
      return distances.mul(mask).sum().div(mask.sum().clamp_min(new Scalar(1.0)));
    }
  }
}
