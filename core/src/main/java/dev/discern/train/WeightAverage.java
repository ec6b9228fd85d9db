package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.torch.Scope;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of a network's weights, which is measured and saved in its place.
 * After step t, counted from 0, {@code average ← d·average + (1 − d)·weights} with {@code d =
 * min(decay, (1 + t)/(10 + t))}, so that the first weights are soon forgotten.
 *
 * <p>The running statistics of batch normalization are averaged too, as timm does: they belong to
 * weights that were themselves averaged over the steps.
 *
 * <p>Source: Polyak, Juditsky, "Acceleration of Stochastic Approximation by Averaging" (1992); the
 * rising decay is that of TensorFlow's {@code ExponentialMovingAverage}.
 */
@Internal
public final class WeightAverage {
  private final Network trained;
  private final Network network;
  private final double decay;

  /**
   * Starts from the current weights.
   *
   * @param trained the network that trains
   * @param network a copy of it with tensors of its own, which receive the average
   * @param decay the share of the average that a step keeps, in (0, 1)
   */
  public WeightAverage(Network trained, Network network, double decay) {
    this.trained = trained;
    this.network = network;
    this.decay = decay;
  }

  /**
   * The network with the averaged weights.
   *
   * @return a network for evaluation
   */
  public Network network() {
    return network;
  }

  /** Starts again from the current weights, which something else than steps may have changed. */
  void start() {
    network.store().load(trained.store().state(), "the network");
  }

  /**
   * Follows a step.
   *
   * @param step the steps before it since the run began
   */
  void follow(long step) {
    double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Scalar share = new Scalar(1 - kept);
      Map<String, Tensor> buffers = network.store().buffers();
      trained
          .store()
          .buffers()
          .forEach(
              (name, latest) -> follow(Objects.requireNonNull(buffers.get(name)), latest, share));
      Map<String, Tensor> averages = network.store().parameters();
      trained
          .store()
          .parameters()
          .forEach(
              (name, latest) -> {
                if (latest.requires_grad()) { // a frozen parameter equals its average
                  follow(Objects.requireNonNull(averages.get(name)), latest, share);
                }
              });
    }
  }

  private static void follow(Tensor average, Tensor latest, Scalar share) {
    average.lerp_(latest, share);
  }
}
