package dev.discern.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, as in PyTorch: {@code d = g + λθ}, {@code v ← μv + d},
 * {@code θ ← θ − η·v}, or {@code θ − η·(d + μv)} with Nesterov's look-ahead.
 */
public final class Sgd implements Optimizer {
  private final List<Slot> slots;
  private final double momentum;
  private final boolean nesterov;

  /**
   * Starts with zero velocity.
   *
   * @param parameters the parameters to update
   * @param momentum μ, in [0, 1)
   * @param nesterov whether to use Nesterov's look-ahead
   */
  Sgd(List<Trained> parameters, double momentum, boolean nesterov) {
    this.momentum = momentum;
    this.nesterov = nesterov;
    slots = parameters.stream().map(Slot::of).toList();
  }

  private record Slot(Trained trained, Tensor velocity) {
    static Slot of(Trained trained) {
      return new Slot(trained, Optimizer.zerosLike(trained.tensor()));
    }
  }

  @Override
  public void step(double lr) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      slots.forEach(slot -> update(slot, lr));
    }
  }

  private void update(Slot slot, double lr) {
    Tensor parameter = slot.trained().tensor();
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    double factor = slot.trained().decay();
    Tensor direction = factor > 0 ? gradient.add(parameter, new Scalar(factor)) : gradient;
    if (momentum > 0) {
      Tensor velocity = slot.velocity();
      velocity.mul_(new Scalar(momentum)).add_(direction);
      direction = nesterov ? direction.add(velocity, new Scalar(momentum)) : velocity;
    }
    parameter.add_(direction, new Scalar(-lr * slot.trained().rate()));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    slots.forEach(slot -> state.put(slot.trained().name() + ".velocity", slot.velocity()));
    return state;
  }
}
