package dev.discern.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a loss on probabilities sees it: {@code ln p_k} and {@code ln Σ_{j≠k} p_j} for every
 * target class k, and the weighted sum over these classes. A loss of the form {@code f(ln p_k)} is
 * then one expression, the same for class indices and for distributions.
 *
 * <p>The shape of {@link #ofTarget}, {@link #ofRivals} and of the losses made from them is {@code
 * [N]} for class indices (k is the true class alone) and {@code [N, K]} for distributions.
 *
 * <p>Implementation notes. Everything starts from {@code log_softmax} in float32 or float64. There
 * is no clamp, no epsilon and no {@code 1 − p} with p near 1 between the logits and the result, so
 * values and gradients stay finite for logits up to 1e4.
 */
public sealed interface LogProbabilities {
  /**
   * Normalizes a batch of logits.
   *
   * @param logits {@code [N, K]}, K ≥ 2, floating-point, finite; 16-bit logits are computed in
   *     float32
   * @param targets N targets over the same K classes
   * @return the log-probabilities, float32, or float64 if the logits are
   * @throws IllegalArgumentException if shapes or dtypes do not match
   */
  static LogProbabilities of(Tensor logits, Targets targets) {
    requireMatch(logits, targets);
    Tensor all = widened(logits).log_softmax(1);
    ScalarType dtype = all.scalar_type().intern();
    if (targets instanceof Targets.Classes classes) {
      Tensor weights = classes.classWeights() == null ? null : classes.weights().to(dtype);
      return new OfClasses(all, classes.classes().unsqueeze(1), weights);
    }
    return new OfDistribution(all, ((Targets.Distribution) targets).weighted().to(dtype));
  }

  /**
   * The log-probabilities of all classes.
   *
   * @return {@code [N, K]}: {@code ln p_j}
   */
  Tensor all();

  /**
   * Selects the entries of the target classes from a matrix.
   *
   * @param values {@code [N, K]}
   * @return {@code [N]} or {@code [N, K]}: the values at k
   */
  Tensor asked(Tensor values);

  /**
   * Shapes one value per sample so that it combines with the values of the target classes.
   *
   * @param values {@code [N]}
   * @return {@code [N]} or {@code [N, 1]}, which broadcasts against {@link #ofTarget}
   */
  Tensor each(Tensor values);

  /**
   * The log-probabilities of the target classes.
   *
   * @return {@code [N]} or {@code [N, K]}: {@code ln p_k}
   */
  Tensor ofTarget();

  /**
   * The log-probability of all other classes together, the competing mass, without cancellation
   * where {@code p_k} is near 1.
   *
   * @return {@code [N]} or {@code [N, K]}: {@code ln Σ_{j≠k} p_j}
   */
  Tensor ofRivals();

  /**
   * Weights the losses of the target classes and sums them per sample.
   *
   * @param losses {@code [N]} or {@code [N, K]}: {@code L(z, k)}
   * @return {@code [N]}: {@code Σ_k w_k t_k L(z, k)}
   */
  Tensor weighted(Tensor losses);

  /**
   * Casts a 16-bit tensor to float32.
   *
   * @param tensor any floating-point tensor
   * @return the tensor itself if it is float32 or float64, else a float32 copy
   */
  static Tensor widened(Tensor tensor) {
    ScalarType dtype = tensor.scalar_type().intern();
    return dtype == ScalarType.Float || dtype == ScalarType.Double
        ? tensor
        : tensor.to(ScalarType.Float);
  }

  /** The true class of each sample: one gather, then O(N) work. */
  record OfClasses(Tensor all, Tensor index, @Nullable Tensor weights) implements LogProbabilities {
    @Override
    public Tensor asked(Tensor values) {
      return values.gather(1, index).squeeze(1);
    }

    @Override
    public Tensor each(Tensor values) {
      return values;
    }

    @Override
    public Tensor ofTarget() {
      return asked(all);
    }

    @Override
    public Tensor ofRivals() {
      return without(all, index).logsumexp(1);
    }

    @Override
    public Tensor weighted(Tensor losses) {
      return weights == null ? losses : losses.mul(weights);
    }
  }

  /** Every class of each sample, with the weights {@code w_k t_k}. */
  record OfDistribution(Tensor all, Tensor factors) implements LogProbabilities {
    @Override
    public Tensor asked(Tensor values) {
      return values;
    }

    @Override
    public Tensor each(Tensor values) {
      return values.unsqueeze(1);
    }

    @Override
    public Tensor ofTarget() {
      return all;
    }

    // Only the most likely class can have p > 1/2, where ln(1 − p) cancels, so its rivals are
    // summed directly. It is removed before ln(1 − p) is taken of the others: otherwise its
    // infinite slope at p = 1 would meet the zero gradient of an unused branch and produce NaN.
    @Override
    public Tensor ofRivals() {
      Tensor likeliest = all.detach().argmax(new LongOptional(1), true);
      Tensor others = without(all, likeliest);
      Tensor rivalsOfOthers = others.exp().neg().log1p();
      return rivalsOfOthers.scatter(1, likeliest, others.logsumexp(new long[] {1}, true));
    }

    @Override
    public Tensor weighted(Tensor losses) {
      return losses.mul(factors).sum(1);
    }
  }

  // exp(−∞) is 0 with gradient 0, so the class contributes to neither the sum nor its gradient.
  private static Tensor without(Tensor logProbabilities, Tensor index) {
    return logProbabilities.scatter(1, index, new Scalar(Double.NEGATIVE_INFINITY));
  }

  /**
   * Rejects logits and targets that do not match.
   *
   * @param logits should be {@code [N, K]}, K ≥ 2, floating-point
   * @param targets should be N targets over K classes
   * @throws IllegalArgumentException if a shape or dtype is wrong
   */
  static void requireMatch(Tensor logits, Targets targets) {
    Targets.requireOneLabel(targets);
    requireShapes(logits, targets);
  }

  /**
   * Rejects logits and targets whose shapes do not match.
   *
   * @param logits should be {@code [N, K]}, K ≥ 2, floating-point
   * @param targets should be N targets over K classes
   * @throws IllegalArgumentException if a shape or dtype is wrong
   */
  static void requireShapes(Tensor logits, Targets targets) {
    long[] shape = logits.shape();
    if (shape.length != 2 || shape[1] < 2 || !logits.is_floating_point()) {
      throw new IllegalArgumentException(
          "Logits must be floating-point of shape [N, K] with at least 2 classes, but these are "
              + Arrays.toString(shape)
              + " of "
              + logits.scalar_type().intern()
              + ".");
    }
    if (targets.size() != shape[0]) {
      throw new IllegalArgumentException(
          "There are " + targets.size() + " targets for " + shape[0] + " rows of logits.");
    }
    Tensor weights = targets.classWeights();
    if (weights != null) {
      requireClasses("class weights", weights.size(0), shape[1]);
    }
    if (targets instanceof Targets.Distribution distribution) {
      requireClasses("target probabilities", distribution.probabilities().size(1), shape[1]);
    }
    if (targets instanceof Targets.MultiHot sets) {
      requireClasses("target labels", sets.carried().size(1), shape[1]);
    }
  }

  private static void requireClasses(String what, long count, long classCount) {
    if (count != classCount) {
      throw new IllegalArgumentException(
          "There are " + count + " " + what + " for " + classCount + " classes of logits.");
    }
  }
}
