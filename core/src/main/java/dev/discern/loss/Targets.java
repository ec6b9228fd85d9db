package dev.discern.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** What a batch should have been classified as, with optional class weights {@code [K]}. */
public sealed interface Targets {
  /**
   * The number of samples.
   *
   * @return N
   */
  long size();

  /**
   * Weights of the classes, multiplied into each sample's loss.
   *
   * @return {@code [K]}, floating, or null where all classes weigh the same
   */
  @Nullable Tensor classWeights();

  /**
   * Each sample's own weight: the sum over a batch divides the batch's summed loss.
   *
   * @return {@code [N]}: {@code Σ_k w_k t_k}, 1 everywhere without class weights; on the targets'
   *     device, float32, or float64 if the distribution or the class weights are
   */
  Tensor weights();

  /**
   * One class a sample. The range of the indices is the data's promise: reading them here would
   * wait for the device at every step. An index outside [0, K) makes the engine throw a
   * RuntimeException in the loss.
   *
   * @param classes {@code [N]}, int64, each in [0, K)
   * @param classWeights {@code [K]}, floating, or null
   */
  record Classes(Tensor classes, @Nullable Tensor classWeights) implements Targets {
    /** Refuses a tensor that is no list of int64 indices, and class weights of another form. */
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
     * Moves a share of the target mass evenly to all classes, the true one included.
     *
     * <p>Source: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, "Rethinking the Inception Architecture
     * for Computer Vision", arXiv 1512.00567 (2015), section 7.
     *
     * @param smoothing the share ε, in [0, 1); the paper's value is 0.1
     * @param classCount K
     * @return {@code (1 − ε)·onehot + ε/K}, float32
     * @throws IllegalArgumentException if ε lies outside [0, 1) or K is below 2
     */
    public Distribution smoothed(double smoothing, long classCount) {
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException(
            "Label smoothing is " + smoothing + ", but it must lie in [0, 1).");
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
   * A distribution over the classes for each sample: mixup, label smoothing, label noise.
   *
   * @param probabilities {@code [N, K]}, floating, rows that sum to 1
   * @param classWeights {@code [K]}, floating, or null
   */
  record Distribution(Tensor probabilities, @Nullable Tensor classWeights) implements Targets {
    /** Refuses a tensor that is no floating matrix, and class weights of another form. */
    public Distribution {
      requireWeights(classWeights);
      requireRows(probabilities, classWeights, "Target distributions", "target probabilities");
    }

    @Override
    public long size() {
      return probabilities.size(0);
    }

    /**
     * The factors of the per-class losses.
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
   * Any number of labels a sample.
   *
   * @param carried {@code [N, K]}, floating: 1 where the sample carries the label, else 0
   * @param classWeights {@code [K]}, floating, or null: factors of each label's decision
   */
  record MultiHot(Tensor carried, @Nullable Tensor classWeights) implements Targets {
    /** Refuses a tensor that is no floating matrix, and class weights of another form. */
    public MultiHot {
      requireWeights(classWeights);
      requireRows(carried, classWeights, "Label sets", "labels");
    }

    @Override
    public long size() {
      return carried.size(0);
    }

    /** 1 for every sample: class weights weigh decisions within a sample, not samples. */
    @Override
    public Tensor weights() {
      return torch.ones_like(carried.select(1, 0)).to(ScalarType.Float);
    }
  }

  /**
   * The targets of a loss that takes several labels a sample.
   *
   * @param targets any
   * @param loss the loss's name, for the message
   * @return the same
   * @throws IllegalArgumentException if a sample has one class
   */
  static MultiHot requireMultiHot(Targets targets, String loss) {
    if (targets instanceof MultiHot sets) {
      return sets;
    }
    throw new IllegalArgumentException(
        loss
            + " is for several labels per image, but these have one class each: take another loss,"
            + " such as ce.");
  }

  /**
   * The targets of a loss that needs one right class a sample.
   *
   * @param targets any
   * @param loss the loss's name, for the message
   * @return the same
   * @throws IllegalArgumentException if they are a distribution or label sets
   */
  static Classes requireClasses(Targets targets, String loss) {
    if (targets instanceof Classes classes) {
      return classes;
    }
    requireOneLabel(targets);
    throw new IllegalArgumentException(
        loss
            + " needs one right class a sample, which mixed or smoothed targets do not have: leave"
            + " label smoothing and mixing out, or take another loss.");
  }

  /**
   * Refuses label sets, for losses that spread a probability of 1 over the classes.
   *
   * @param targets any
   * @throws IllegalArgumentException if they are label sets
   */
  static void requireOneLabel(Targets targets) {
    if (targets instanceof MultiHot) {
      throw new IllegalArgumentException(
          "This loss needs one class per image, but these have several labels each: take a loss for"
              + " them, such as multilabel-bce.");
    }
  }

  private static void requireRows(
      Tensor rows, @Nullable Tensor classWeights, String what, String columns) {
    if (rows.dim() != 2 || !rows.is_floating_point()) {
      throw new IllegalArgumentException(what + " must be floating, [N, K].");
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
      throw new IllegalArgumentException("Class weights must be floating, [K].");
    }
  }
}
