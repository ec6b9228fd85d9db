package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Center loss: {@code −ln p_y + (λ/2)·‖x − c_y‖²}, which pulls features toward a center of their
 * class.
 *
 * <p>Source: Wen, Zhang, Li, Qiao, "A discriminative feature learning approach for deep face
 * recognition", ECCV 2016, equations 2 and 5. The authors update the centers by a separate rule;
 * here the centers are parameters that minimize the same loss, with a separate learning rate and
 * without weight decay.
 *
 * @param weight λ ≥ 0
 * @param rate the learning rate of the centers, as a multiple of the network's
 */
public record CenterLoss(double weight, double rate) implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is negative, NaN or infinite
   */
  public CenterLoss {
    Check.nonNegative("center", "weight", weight);
    Check.nonNegative("center", "rate", rate);
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    Linear linear = Linear.of(store.under("fc"), shape.featureCount(), shape.classCount());
    Tensor centers =
        store
            .under("centres")
            .tuned(rate)
            .constant("weight", 0, shape.classCount(), shape.featureCount());
    return new Centered(linear, centers, weight);
  }

  // The centers serve training alone.
  @Override
  public boolean predictsLinearly() {
    return true;
  }

  private record Centered(Linear linear, Tensor centers, double weight) implements Head {
    @Override
    public <T> T logits(Operations<T> operations, T features) {
      return linear.on(operations, features);
    }

    @Override
    public HeadLoss loss(Features features, Targets targets) {
      Targets.Classes classes = Targets.requireClasses(targets, "center");
      Tensor logits = logits(features);
      Tensor own = centers.index_select(0, classes.classes());
      Tensor distance = features.pooled().sub(own).square().sum(1);
      Tensor pulled = distance.mul(new Scalar(weight / 2)).mul(classes.weights());
      return HeadLoss.of(logits, new CrossEntropy().perSample(logits, classes).add(pulled));
    }
  }
}
