package discern.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: {@code d = g + λθ}, {@code v ←
 * μv + d}, {@code θ ← θ − η·v}, or {@code θ − η·(d + μv)} with Nesterov's look-ahead.
 */
public final class Sgd implements Optimizer {
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> velocities = new LinkedHashMap<>();
  private final double momentum;
  private final boolean nesterov;
  private final WeightDecay decay;

  /**
   * Starts with zero velocity.
   *
   * @param parameters what to update, by name
   * @param momentum μ, in [0, 1)
   * @param nesterov whether to look ahead
   * @param decay λ
   */
  public Sgd(Map<String, Tensor> parameters, double momentum, boolean nesterov, WeightDecay decay) {
    this.parameters = parameters;
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.decay = decay;
    if (momentum > 0) {
      parameters.forEach((name, tensor) -> velocities.put(name, torch.zeros_like(tensor.detach())));
    }
  }

  @Override
  public void step(double lr) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      parameters.forEach((name, parameter) -> update(name, parameter, lr));
    }
  }

  private void update(String name, Tensor parameter, double lr) {
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    double factor = decay.of(parameter);
    Tensor direction = factor > 0 ? gradient.add(parameter, new Scalar(factor)) : gradient;
    Tensor velocity = velocities.get(name);
    if (velocity != null) {
      velocity.mul_(new Scalar(momentum)).add_(direction);
      direction = nesterov ? direction.add(velocity, new Scalar(momentum)) : velocity;
    }
    parameter.add_(direction, new Scalar(-lr));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    velocities.forEach((name, tensor) -> state.put(name + ".velocity", tensor));
    return state;
  }
}
