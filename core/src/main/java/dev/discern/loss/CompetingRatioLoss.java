package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.Spec;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Competing Ratio Loss (CRL): cross-entropy plus the probability mass of the competing wrong
 * classes, {@code −ln p_y + β·ln(α + Σ_{i≠y} p_i)}.
 *
 * <p>Source: Zhang, Wang, Guo, Zhao, Ma, Han, arXiv 1907.13349 (2019) [1]; revised, with the
 * setting α = 1.5 and β = 1, in arXiv 1912.11642, Neurocomputing 2021 [2]. The equation is known
 * exactly.
 *
 * <p>β = 0 is {@link CrossEntropy}; α = 0 with β = 1 is {@link NegativeLogLikelihoodRatio}. Its
 * lower bound is {@code β·ln α}, 0.4055 at the authors' setting: the loss of a perfect prediction
 * is not 0, and values for different α and β are not comparable.
 *
 * <p>Gradient (derived): {@code ∂L/∂z = w(p_y)·(p − onehot(y))} with the gain {@code w(p) = 1 + β·p
 * / (α + 1 − p)}. CRL does not change the direction of cross-entropy's gradient, only its length,
 * most of all for easy samples.
 *
 * <p>Implementation notes. The competing mass is {@code 1 − p_y = −expm1(ln p_y)}, which takes O(N)
 * work after the log-softmax. Its absolute error is that of {@code ln p_y}, about 1e-7 in float32.
 * That is harmless next to α unless α is tiny or 0; in that case the wrong classes are summed
 * directly, in O(N·K).
 *
 * @param alpha α ≥ 0, the constant added to the competing mass; the authors' value is 1.5
 * @param beta β ≥ 0, the weight of the competing term; the authors' value is 1
 */
public record CompetingRatioLoss(double alpha, double beta) implements Loss {
  // At this α the error of the short form is below 1e-5; it shrinks as α grows.
  private static final double SMALL_ALPHA = 0.01;

  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if α or β is negative, NaN or infinite
   */
  public CompetingRatioLoss {
    Check.nonNegative("crl", "alpha", alpha);
    Check.nonNegative("crl", "beta", beta);
  }

  @Override
  public String name() {
    return new Spec("crl", Map.of("alpha", alpha, "beta", beta)).toString();
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    LogProbabilities lp = LogProbabilities.of(logits, targets);
    Tensor ofTarget = lp.ofTarget();
    if (beta == 0) {
      return lp.weighted(ofTarget.neg());
    }
    Tensor competing = alpha < SMALL_ALPHA ? fromRivals(lp) : fromTarget(ofTarget);
    return lp.weighted(competing.mul(new Scalar(beta)).sub(ofTarget));
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return Optional.of(
        new ProbabilityCurve(
            // With β = 0 the term is absent, even where its logarithm is infinite.
            lp -> beta == 0 ? -lp : beta * Math.log(alpha - Math.expm1(lp)) - lp,
            lp -> beta == 0 ? 1 : 1 + beta * Math.exp(lp) / (alpha - Math.expm1(lp))));
  }

  /** {@code ln(α + S)} as {@code ln(α − expm1(ln p_y))}. */
  private Tensor fromTarget(Tensor ofTarget) {
    return torch.rsub(ofTarget.expm1(), new Scalar(alpha)).log();
  }

  /** {@code ln(α + S)} from {@code ln S}, for any α, including 0. */
  private Tensor fromRivals(LogProbabilities lp) {
    Tensor ofRivals = lp.ofRivals();
    return alpha == 0
        ? ofRivals
        : torch.logaddexp(ofRivals, torch.full_like(ofRivals, new Scalar(Math.log(alpha))));
  }
}
