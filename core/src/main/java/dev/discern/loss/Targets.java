package dev.discern.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The true labels of a batch, with optional class weights {@code [K]}. */
public sealed interface Targets {
  /**
   * The number of samples.
   *
   * @return N
   */
  long size();

  /**
   * The class weights, which multiply the loss of each sample.
   *
   * @return {@code [K]}, floating-point, or null where all classes have the same weight
   */
  @Nullable Tensor classWeights();

  /**
   * The weight of each sample. The summed loss of a batch is divided by the sum of these weights.
   *
   * @return {@code [N]}: {@code Σ_k w_k t_k}, 1 everywhere without class weights; on the targets'
   *     device, float32, or float64 if the distribution or the class weights are
   */
  Tensor weights();

  /**
   * One class per sample. The range of the indices is not checked, because reading them here would
   * wait for the device in every step; the data set must guarantee it. An index outside [0, K)
   * makes the engine throw a RuntimeException in the loss.
   *
   * @param classes {@code [N]}, int64, each in [0, K)
   * @param classWeights {@code [K]}, floating-point, or null
   */
  record Classes(Tensor classes, @Nullable Tensor classWeights) implements Targets {
    /**
     * Rejects a tensor that is not a vector of int64 indices, and class weights of the wrong shape
     * or dtype.
     */
    public Classes {
      requireWeights(classWeights);
      if (classes.dim() != 1 || classes.scalar_type().intern() != ScalarType.Long) {
        throw new IllegalArgumentException("Classes must be int64 of shape [N].");
      }
    }

    @Override
    public long size() {
      return classes.size(0);
    }

    @Override
    public Tensor weights() {
      return classWeights == null
          ? torch.ones_like(classes).to(ScalarType.Float)
          : LogProbabilities.widened(classWeights).index_select(0, classes);
    }

    /**
     * Spreads a share of the target probability evenly over all classes, including the true one.
     *
     * <p>Source: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, "Rethinking the Inception Architecture
     * for Computer Vision", arXiv 1512.00567 (2015), section 7.
     *
     * @param smoothing the share ε, in [0, 1); the paper's value is 0.1
     * @param classCount K
     * @return {@code (1 − ε)·onehot + ε/K}, float32
     * @throws IllegalArgumentException if ε is outside [0, 1) or K is below 2
     */
    public Distribution smoothed(double smoothing, long classCount) {
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException(
            "Label smoothing is " + smoothing + ", but it must be in [0, 1).");
      }
      if (classCount < 2) {
        throw new IllegalArgumentException(
            "Labels of " + classCount + " classes cannot be smoothed: it takes at least 2.");
      }
      Tensor onehot = torch.one_hot(classes, classCount).to(ScalarType.Float);
      Tensor smooth = onehot.mul(new Scalar(1 - smoothing)).add(new Scalar(smoothing / classCount));
      return new Distribution(smooth, classWeights);
    }
  }

  /**
   * A distribution over the classes per sample, as from mixup, label smoothing or label noise.
   *
   * @param probabilities {@code [N, K]}, floating-point; each row sums to 1
   * @param classWeights {@code [K]}, floating-point, or null
   */
  record Distribution(Tensor probabilities, @Nullable Tensor classWeights) implements Targets {
    /**
     * Rejects a tensor that is not a floating-point matrix, and class weights of the wrong shape or
     * dtype.
     */
    public Distribution {
      requireWeights(classWeights);
      requireRows(probabilities, classWeights, "Target distributions", "target probabilities");
    }

    @Override
    public long size() {
      return probabilities.size(0);
    }

    /**
     * The weights of the per-class losses.
     *
     * @return {@code [N, K]}: {@code w_k t_k}, float32 or float64
     */
    public Tensor weighted() {
      Tensor factors = LogProbabilities.widened(probabilities);
      return classWeights == null ? factors : factors.mul(classWeights);
    }

    @Override
    public Tensor weights() {
      return weighted().sum(1);
    }
  }

  /**
   * Any number of labels per sample.
   *
   * @param carried {@code [N, K]}, floating-point: 1 where the sample has the label, else 0
   * @param classWeights {@code [K]}, floating-point, or null: the weight of each label's decision
   */
  record MultiHot(Tensor carried, @Nullable Tensor classWeights) implements Targets {
    /**
     * Rejects a tensor that is not a floating-point matrix, and class weights of the wrong shape or
     * dtype.
     */
    public MultiHot {
      requireWeights(classWeights);
      requireRows(carried, classWeights, "Label sets", "labels");
    }

    @Override
    public long size() {
      return carried.size(0);
    }

    /** 1 for every sample: class weights apply to the decisions within a sample, not to samples. */
    @Override
    public Tensor weights() {
      return torch.ones_like(carried.select(1, 0)).to(ScalarType.Float);
    }
  }

  /**
   * Casts the targets for a loss that takes several labels per sample.
   *
   * @param targets any targets
   * @param loss the name of the loss, for the message
   * @return the same targets
   * @throws IllegalArgumentException if a sample has one class
   */
  static MultiHot requireMultiHot(Targets targets, String loss) {
    if (targets instanceof MultiHot sets) {
      return sets;
    }
    throw new IllegalArgumentException(
        loss
            + " is for several labels per image, but these images have one class each: choose"
            + " another loss, such as ce.");
  }

  /**
   * Casts the targets for a loss that needs one true class per sample.
   *
   * @param targets any targets
   * @param loss the name of the loss, for the message
   * @return the same targets
   * @throws IllegalArgumentException if they are a distribution or label sets
   */
  static Classes requireClasses(Targets targets, String loss) {
    if (targets instanceof Classes classes) {
      return classes;
    }
    requireOneLabel(targets);
    throw new IllegalArgumentException(
        loss
            + " needs one true class per sample, which mixed or smoothed targets do not have: turn"
            + " off label smoothing and mixing, or choose another loss.");
  }

  /**
   * Rejects label sets, for losses that distribute a probability of 1 over the classes.
   *
   * @param targets any targets
   * @throws IllegalArgumentException if they are label sets
   */
  static void requireOneLabel(Targets targets) {
    if (targets instanceof MultiHot) {
      throw new IllegalArgumentException(
          "This loss needs one class per image, but these images have several labels each: choose a"
              + " multi-label loss, such as multilabel-bce.");
    }
  }

  private static void requireRows(
      Tensor rows, @Nullable Tensor classWeights, String what, String columns) {
    if (rows.dim() != 2 || !rows.is_floating_point()) {
      throw new IllegalArgumentException(what + " must be floating-point of shape [N, K].");
    }
    if (classWeights != null && classWeights.size(0) != rows.size(1)) {
      throw new IllegalArgumentException(
          "There are "
              + classWeights.size(0)
              + " class weights for "
              + rows.size(1)
              + " "
              + columns
              + ".");
    }
  }

  private static void requireWeights(@Nullable Tensor classWeights) {
    if (classWeights != null && (classWeights.dim() != 1 || !classWeights.is_floating_point())) {
      throw new IllegalArgumentException("Class weights must be floating-point of shape [K].");
    }
  }
}
