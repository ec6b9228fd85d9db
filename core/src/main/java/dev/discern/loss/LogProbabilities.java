package dev.discern.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * What a loss on probabilities needs of a batch: {@code ln p_k} and {@code ln Σ_{j≠k} p_j} for
 * every class k that the targets ask about, and the weighted sum over them. A loss of the form
 * {@code f(ln p_k)} is then one expression, the same for class indices and for distributions.
 *
 * <p>The shape of {@link #ofTarget}, {@link #ofRivals} and of the losses made from them is {@code
 * [N]} for class indices (k is the true class alone) and {@code [N, K]} for distributions.
 *
 * <p>Implementation notes. Everything starts from {@code log_softmax} in float32 or float64. No
 * clamp, no epsilon and no {@code 1 − p} of a probability near 1 stands between the logits and the
 * result, so values and gradients stay finite for logits up to 1e4.
 */
sealed interface LogProbabilities {
  /**
   * Normalises a batch of logits.
   *
   * @param logits {@code [N, K]}, K ≥ 2, floating, finite; 16-bit ones are computed in float32
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
   * What the classes asked about have in any matrix.
   *
   * @param values {@code [N, K]}
   * @return {@code [N]} or {@code [N, K]}: the values at k
   */
  Tensor asked(Tensor values);

  /**
   * Gives each class asked about what its sample has.
   *
   * @param values {@code [N]}
   * @return {@code [N]} or {@code [N, 1]}, to be combined with {@link #ofTarget}
   */
  Tensor each(Tensor values);

  /**
   * The log-probabilities of the classes asked about.
   *
   * @return {@code [N]} or {@code [N, K]}: {@code ln p_k}
   */
  Tensor ofTarget();

  /**
   * The log-probability that any other class has: the competing mass, without cancellation where
   * {@code p_k} is near 1.
   *
   * @return {@code [N]} or {@code [N, K]}: {@code ln Σ_{j≠k} p_j}
   */
  Tensor ofRivals();

  /**
   * Weighs the losses of the classes asked about, and sums them for each sample.
   *
   * @param losses {@code [N]} or {@code [N, K]}: {@code L(z, k)}
   * @return {@code [N]}: {@code Σ_k w_k t_k L(z, k)}
   */
  Tensor weighted(Tensor losses);

  /**
   * Casts a 16-bit tensor to float32.
   *
   * @param tensor any floating tensor
   * @return the tensor itself if it is float32 or float64, else a float32 copy
   */
  static Tensor widened(Tensor tensor) {
    ScalarType dtype = tensor.scalar_type().intern();
    return dtype == ScalarType.Float || dtype == ScalarType.Double
        ? tensor
        : tensor.to(ScalarType.Float);
  }

  /** The true class of each sample: one gather, and O(N) work after it. */
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

  /** Every class of each sample, with the factors {@code w_k t_k}. */
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

    // Only the likeliest class can have p > 1/2, where ln(1 − p) cancels: its rivals are summed one
    // by one. It is taken out before the others' ln(1 − p), so its infinite slope at p = 1 never
    // meets the zero gradient of an unused branch, which would make NaN.
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

  // exp(−∞) is 0 with a gradient of 0, so the class leaves both the sum and its gradient.
  private static Tensor without(Tensor logProbabilities, Tensor index) {
    return logProbabilities.scatter(1, index, new Scalar(Double.NEGATIVE_INFINITY));
  }

  /**
   * Refuses logits and targets that do not belong together.
   *
   * @param logits should be {@code [N, K]}, K ≥ 2, floating
   * @param targets should be N, over K classes
   * @throws IllegalArgumentException if a shape or dtype is wrong
   */
  static void requireMatch(Tensor logits, Targets targets) {
    Targets.requireOneLabel(targets);
    requireShapes(logits, targets);
  }

  /**
   * Refuses logits and targets of shapes that do not belong together.
   *
   * @param logits should be {@code [N, K]}, K ≥ 2, floating
   * @param targets should be N, over K classes
   * @throws IllegalArgumentException if a shape or dtype is wrong
   */
  static void requireShapes(Tensor logits, Targets targets) {
    long[] shape = logits.shape();
    if (shape.length != 2 || shape[1] < 2 || !logits.is_floating_point()) {
      throw new IllegalArgumentException(
          "Logits must be floating of shape [N, K] with at least 2 classes, but theirs is "
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
