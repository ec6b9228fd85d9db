package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Asymmetric loss: a focal loss for several labels per image that down-weights the many easy
 * negatives more than the few positives. With {@code p = σ(z)} and {@code p_m = max(p − m, 0)} it
 * is {@code Σ_k −t_k·(1 − p)^γ₊·ln p − (1 − t_k)·p_m^γ₋·ln(1 − p_m)}.
 *
 * <p>Source: Ridnik et al., "Asymmetric Loss For Multi-Label Classification", arXiv 2009.14119
 * (ICCV 2021), equations 5 to 7. The gradient flows through the focusing factors too, as in the
 * paper's equation 8.
 *
 * <p>Implementation notes. {@code 1 − p} is {@code exp(−ln(1 + e^z))}, never a difference, so it
 * keeps full precision where p is near 1. With m = 0 the logarithm of a negative is {@code −ln(1 +
 * e^z)}; with m &gt; 0 it is {@code log1p(−p_m)}, and {@code p_m} never exceeds {@code 1 − m}. A γ₋
 * between 0 and 1 would have an infinite slope at {@code p_m = 0}, so it is rejected.
 *
 * @param positive γ₊, at least 0
 * @param negative γ₋, 0 or at least 1
 * @param clip m, the probability below which a negative is ignored; 0 or in [1e-6, 1)
 */
public record AsymmetricLoss(double positive, double negative, double clip) implements Loss {
  // Below this, float32 rounds p − m to 1, and ln(1 − p_m) is not finite.
  private static final double LEAST_CLIP = 1e-6;

  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public AsymmetricLoss {
    Check.nonNegative("asymmetric", "positive", positive);
    Check.that(
        negative == 0 || (negative >= 1 && Double.isFinite(negative)),
        "Parameter negative of asymmetric",
        negative,
        "must be 0 or a finite number of at least 1");
    Check.that(
        clip == 0 || (clip >= LEAST_CLIP && clip < 1),
        "Parameter clip of asymmetric",
        clip,
        "must be 0 or in [1e-6, 1)");
  }

  @Override
  public String name() {
    return new Spec("asymmetric", Map.of("positive", positive, "negative", negative, "clip", clip))
        .toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LabelDecisions labels = LabelDecisions.of(logits, targets, "asymmetric");
    Tensor z = labels.logits();
    Tensor zero = torch.zeros_like(z.detach());
    Tensor lnRight = torch.logaddexp(z.neg(), zero).neg();
    Tensor lnWrong = torch.logaddexp(z, zero).neg();
    Tensor ofCarried = lnWrong.mul(new Scalar(positive)).exp().mul(lnRight);
    Tensor ofOthers = clip == 0 ? plain(lnRight, lnWrong) : clipped(z);
    return labels.summed(
        torch.where(labels.carried().gt(new Scalar(0.5)), ofCarried, ofOthers).neg());
  }

  private Tensor plain(Tensor lnRight, Tensor lnWrong) {
    return lnRight.mul(new Scalar(negative)).exp().mul(lnWrong);
  }

  private Tensor clipped(Tensor z) {
    Tensor shifted = z.sigmoid().sub(new Scalar(clip)).relu();
    Tensor logarithm = shifted.neg().log1p();
    return negative == 0 ? logarithm : shifted.pow(new Scalar(negative)).mul(logarithm);
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }
}
