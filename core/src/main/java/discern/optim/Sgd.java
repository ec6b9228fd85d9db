package discern.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: {@code d = g + λθ}, {@code v ←
 * μv + d}, {@code θ ← θ − η·v}, or {@code θ − η·(d + μv)} with Nesterov's look-ahead.
 */
public final class Sgd implements Optimizer {
  private final List<Slot> slots;
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
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.decay = decay;
    slots =
        parameters.entrySet().stream()
            .map(entry -> Slot.of(entry.getKey(), entry.getValue()))
            .toList();
  }

  private record Slot(String name, Tensor parameter, Tensor velocity) {
    static Slot of(String name, Tensor parameter) {
      return new Slot(name, parameter, Optimizer.zerosLike(parameter));
    }
  }

  @Override
  public void step(double lr) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      slots.forEach(slot -> update(slot, lr));
    }
  }

  private void update(Slot slot, double lr) {
    Tensor parameter = slot.parameter();
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    double factor = decay.of(parameter);
    Tensor direction = factor > 0 ? gradient.add(parameter, new Scalar(factor)) : gradient;
    if (momentum > 0) {
      Tensor velocity = slot.velocity();
      velocity.mul_(new Scalar(momentum)).add_(direction);
      direction = nesterov ? direction.add(velocity, new Scalar(momentum)) : velocity;
    }
    parameter.add_(direction, new Scalar(-lr));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    slots.forEach(slot -> state.put(slot.name() + ".velocity", slot.velocity()));
    return state;
  }
}
