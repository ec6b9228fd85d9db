package discern.loss;

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
   * @return {@code [N]}: {@code Σ_k w_k t_k}; 1 everywhere without class weights
   */
  Tensor weights();

  /**
   * One class a sample.
   *
   * @param classes {@code [N]}, int64, each in [0, K)
   * @param classWeights {@code [K]}, floating, or null
   */
  record Classes(Tensor classes, @Nullable Tensor classWeights) implements Targets {
    /** Refuses a tensor that is no list of int64 indices. */
    public Classes {
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
          : classWeights.index_select(0, classes);
    }

    /**
     * Moves a share of the target mass evenly to all classes.
     *
     * @param smoothing the share ε, in [0, 1)
     * @param classCount K
     * @return {@code (1 − ε)·onehot + ε/K}
     */
    public Distribution smoothed(double smoothing, long classCount) {
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException(
            "Label smoothing is " + smoothing + ", but it must lie in [0, 1).");
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
    /** Refuses a tensor that is no floating matrix. */
    public Distribution {
      if (probabilities.dim() != 2 || !probabilities.is_floating_point()) {
        throw new IllegalArgumentException("A target distribution must be floating, [N, K].");
      }
    }

    @Override
    public long size() {
      return probabilities.size(0);
    }

    /**
     * The factors of the per-class losses.
     *
     * @return {@code [N, K]}: {@code w_k t_k}
     */
    public Tensor weighted() {
      return classWeights == null ? probabilities : probabilities.mul(classWeights);
    }

    @Override
    public Tensor weights() {
      return weighted().sum(1);
    }
  }
}
