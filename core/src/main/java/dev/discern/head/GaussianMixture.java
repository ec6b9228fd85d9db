package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Large-margin Gaussian mixture: each class is a Gaussian over the features with its own mean and
 * diagonal covariance. Logits are log-densities, {@code z_k = −d_k − ½·ln|Σ_k|} with {@code d_k =
 * ½·(x − μ_k)ᵀΣ_k⁻¹(x − μ_k)}; in training the distance of the true class becomes {@code (1 +
 * α)·d_y}, and {@code λ·d_y} is added to the loss.
 *
 * <p>Source: Wan, Zhong, Li, Chen, "Rethinking feature distribution for loss functions in image
 * classification", arXiv 1803.02988, CVPR 2018. The likelihood term in the paper is {@code −ln N(x;
 * μ_y, Σ_y)}, which adds {@code ½·ln|Σ_y|} to d_y. With learned covariances it is unbounded below:
 * features and variances shrink together, the classes stay equally separated, and the term falls
 * forever. In the authors' code the covariances are the identity and the term is λ·d_y, as here.
 *
 * <p>Implementation notes. {@code 2·d_k = Σ_f x_f²/σ²_kf − 2·x_f·μ_kf/σ²_kf + μ²_kf/σ²_kf}: three
 * matrix products instead of an {@code [N, K, F]} tensor. Σ is stored as ln σ², which starts at 0.
 *
 * @param margin α ≥ 0; the authors use 0.01 to 1
 * @param weight λ ≥ 0; the authors' value is 0.1
 * @param rate the learning rate of the means and variances, as a multiple of the network's
 */
public record GaussianMixture(double margin, double weight, double rate) implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is negative, NaN or infinite
   */
  public GaussianMixture {
    Check.nonNegative("lgm", "margin", margin);
    Check.nonNegative("lgm", "weight", weight);
    Check.nonNegative("lgm", "rate", rate);
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    ParameterStore part = store.under("gaussian").tuned(rate);
    int features = shape.featureCount();
    return new Mixture(
        part.uniform("mean", 1 / Math.sqrt(features), shape.classCount(), features),
        part.constant("logvariance", 0, shape.classCount(), features),
        margin,
        weight);
  }

  private record Mixture(Tensor mean, Tensor logVariance, double margin, double weight)
      implements Head {
    @Override
    public <T> T logits(Operations<T> operations, T features) {
      return logDensities(operations, distances(operations, features));
    }

    @Override
    public HeadLoss loss(Features features, Targets targets) {
      Targets.Classes classes = Targets.requireClasses(targets, "lgm");
      Tensor distances = distances(EngineOperations.ENGINE, features.pooled());
      Tensor logits = logDensities(EngineOperations.ENGINE, distances);
      Tensor index = classes.classes().unsqueeze(1);
      Tensor own = distances.gather(1, index);
      Tensor ownLogit = logits.gather(1, index);
      Tensor hardened = logits.scatter(1, index, ownLogit.sub(own, new Scalar(margin)));
      Tensor likelihood = own.squeeze(1).mul(new Scalar(weight)).mul(classes.weights());
      return HeadLoss.of(logits, new CrossEntropy().perSample(hardened, classes).add(likelihood));
    }

    // [N, K]: d_k
    private <T> T distances(Operations<T> operations, T x) {
      T means = operations.parameter(mean);
      T precision = operations.exp(operations.scale(operations.parameter(logVariance), -1));
      T scaled = operations.multiply(means, precision);
      T squares = operations.times(operations.multiply(x, x), precision);
      T crossed = operations.times(x, operations.scale(scaled, -2));
      T constant =
          operations.transpose(operations.sumRows(operations.multiply(scaled, means))); // [1, K]
      return operations.scale(operations.add(operations.add(squares, crossed), constant), 0.5);
    }

    private <T> T logDensities(Operations<T> operations, T distances) {
      T logDeterminant =
          operations.transpose(operations.sumRows(operations.parameter(logVariance))); // [1, K]
      return operations.scale(operations.add(distances, operations.scale(logDeterminant, 0.5)), -1);
    }
  }
}
