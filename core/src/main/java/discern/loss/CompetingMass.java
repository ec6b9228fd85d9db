package discern.loss;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code ln Σ_{i≠k} p_i}, the mass that competes with class k, exact also where {@code p_k} rounds
 * to 1.
 *
 * <p>{@code ln(1 − p_k)} loses every digit there, so the wrong classes are summed alone: for class
 * indices by masking the right class; for all k at once by noting that only the likeliest class can
 * be near 1, for the others {@code p_k ≤ ½} and {@code log1p(−p_k)} is exact.
 */
final class CompetingMass {
  private CompetingMass() {}

  /** {@code [N, K]} log-probabilities and {@code [N]} classes to {@code [N]}. */
  static Tensor ofClasses(Tensor logProbabilities, Tensor classes) {
    return withoutColumn(logProbabilities, classes.unsqueeze(1));
  }

  /** {@code [N, K]} log-probabilities to {@code [N, K]}, one for each class taken as right. */
  static Tensor ofAll(Tensor logProbabilities) {
    Tensor top = logProbabilities.argmax(new LongOptional(1), true);
    Tensor isTop =
        torch.zeros_like(logProbabilities).scatter(1, top, new Scalar(1.0)).gt(new Scalar(0.5));
    Tensor ofTop = withoutColumn(logProbabilities, top).unsqueeze(1).expand_as(logProbabilities);
    // The masked branch must be finite as well: 0 · ∞ in the backward pass would be NaN.
    Tensor safe = logProbabilities.masked_fill(isTop, new Scalar(-1.0));
    return torch.where(isTop, ofTop, safe.exp().neg().log1p());
  }

  private static Tensor withoutColumn(Tensor logProbabilities, Tensor column) {
    Tensor others = logProbabilities.scatter(1, column, new Scalar(Double.NEGATIVE_INFINITY));
    return others.logsumexp(1);
  }
}
