package discern.loss;

import discern.config.Check;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The Competing Ratio Loss (Zhang et al., arXiv 1912.11642, Neurocomputing 2021): {@code −ln p_y +
 * β·ln(α + Σ_{i≠y} p_i)}.
 *
 * <p>Its gradient in the logits is cross-entropy's, {@code p − onehot(y)}, times the gain {@code
 * w(p_y) = 1 + β·p_y / (α + 1 − p_y)}: no direction turns, easy samples are stretched most. β = 0
 * is {@link CrossEntropy}; α = 0, β = 1 is {@link NegativeLogLikelihoodRatio}. For α > 1 it is
 * positive; its floor is {@code β·ln α}, so values of different α and β can't be compared.
 *
 * <p>Stable form: for α > 0, {@code 1 − p_y = −expm1(ln p_y)} keeps its digits at both ends. For α
 * = 0 the wrong classes are summed alone ({@link CompetingMass}).
 *
 * @param alpha α, at least 0; the authors use 1.5
 * @param beta β, at least 0; the authors use 1
 */
public record CompetingRatioLoss(double alpha, double beta) implements Loss {
  /** Refuses negative, infinite and NaN parameters. */
  public CompetingRatioLoss {
    Check.that(alpha >= 0 && Double.isFinite(alpha), "crl's alpha", alpha, "must be 0 or more");
    Check.that(beta >= 0 && Double.isFinite(beta), "crl's beta", beta, "must be 0 or more");
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    Tensor logProbabilities = LogProbabilities.of(logits, targets);
    if (beta == 0) {
      return LogProbabilities.reduce(logProbabilities, targets, Tensor::neg);
    }
    if (alpha == 0) {
      return NegativeLogLikelihoodRatio.ratio(logProbabilities, targets, beta);
    }
    return LogProbabilities.reduce(logProbabilities, targets, this::ofLogProbability);
  }

  private Tensor ofLogProbability(Tensor lp) {
    Tensor rivals = lp.expm1().neg();
    return rivals.add(new Scalar(alpha)).log().mul(new Scalar(beta)).sub(lp);
  }
}
