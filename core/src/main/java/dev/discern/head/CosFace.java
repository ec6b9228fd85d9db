package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Scalar;

/**
 * CosFace, also known as AM-Softmax: cross-entropy on {@code s·(cos θ_y − m)} and {@code s·cos
 * θ_j}.
 *
 * <p>Source: Wang et al., "CosFace", arXiv 1801.09414 (2018), equation 4; Wang, Cheng, Liu, Liu,
 * "Additive margin softmax", arXiv 1801.05599 (2018), equation 6.
 *
 * @param scale s above 0
 * @param margin m in [0, 2)
 */
public record CosFace(double scale, double margin) implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public CosFace {
    Check.positive("cosface", "scale", scale);
    Check.that(
        margin >= 0 && margin < 2, "Parameter margin of cosface", margin, "must be in [0, 2)");
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new AngularHead(
        "cosface", store, shape, new Length.Fixed(scale), cosine -> cosine.sub(new Scalar(margin)));
  }
}
