package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ArcFace: cross-entropy on {@code s·cos(θ_y + m)} and {@code s·cos θ_j}; where θ_y + m would
 * exceed π, {@code s·(cos θ_y − m·sin m)} takes over, which keeps falling.
 *
 * <p>Source: Deng, Guo, Xue, Zafeiriou, "ArcFace", arXiv 1801.07698 (2019), equation 3; the
 * continuation comes from the authors' code.
 *
 * <p>Implementation notes. {@code cos(θ + m) = cos θ·cos m − sin θ·sin m}; the slope of {@code sin
 * θ = √(1 − cos²θ)} is infinite at cos θ = ±1, so {@code 1 − cos²θ} is kept above 1e-7, which is
 * 0.02 degrees from that point.
 *
 * @param scale s above 0
 * @param margin m in radians, in [0, π/2]
 */
public record ArcFace(double scale, double margin) implements HeadFactory {
  private static final double LEAST_SQUARED_SINE = 1e-7;

  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public ArcFace {
    Check.positive("arcface", "scale", scale);
    Check.that(
        margin >= 0 && margin <= Math.PI / 2,
        "Parameter margin of arcface",
        margin,
        "must be between 0 and π/2");
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    return new AngularHead("arcface", store, shape, new Length.Fixed(scale), this::ofTrue);
  }

  private Tensor ofTrue(Tensor cosine) {
    if (margin == 0) {
      return cosine; // the lower bound on the sine would change the cosine by rounding
    }
    Tensor sine =
        torch
            .rsub(cosine.square(), new Scalar(1.0))
            .clamp_min(new Scalar(LEAST_SQUARED_SINE))
            .sqrt();
    Tensor added =
        cosine.mul(new Scalar(Math.cos(margin))).sub(sine.mul(new Scalar(Math.sin(margin))));
    Tensor beyond = cosine.sub(new Scalar(margin * Math.sin(margin)));
    return torch.where(cosine.gt(new Scalar(-Math.cos(margin))), added, beyond);
  }
}
