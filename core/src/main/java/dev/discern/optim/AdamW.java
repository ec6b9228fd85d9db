package dev.discern.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** AdamW (Loshchilov and Hutter, 2019) with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8, as in PyTorch. */
public final class AdamW implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<Slot> slots;
  private final Tensor steps;

  /**
   * Starts with zero moments.
   *
   * @param parameters the parameters to update; their decay is decoupled from the gradient
   */
  AdamW(List<Trained> parameters) {
    slots = parameters.stream().map(Slot::of).toList();
    steps = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.Long));
  }

  private record Slot(Trained trained, Tensor mean, Tensor square) {
    static Slot of(Trained trained) {
      return new Slot(
          trained, Optimizer.zerosLike(trained.tensor()), Optimizer.zerosLike(trained.tensor()));
    }
  }

  @Override
  public void step(double lr) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      steps.add_(new Scalar(1L));
      double step = (double) steps.item_long();
      double correction = 1 / (1 - Math.pow(BETA1, step));
      double scale = 1 / Math.sqrt(1 - Math.pow(BETA2, step));
      slots.forEach(slot -> update(slot, lr * slot.trained().rate(), correction, scale));
    }
  }

  private void update(Slot slot, double lr, double correction, double scale) {
    Tensor parameter = slot.trained().tensor();
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    double factor = slot.trained().decay();
    if (factor > 0) {
      parameter.mul_(new Scalar(1 - lr * factor));
    }
    slot.mean().lerp_(gradient, new Scalar(1 - BETA1));
    slot.square().mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
    Tensor root = slot.square().sqrt().mul_(new Scalar(scale)).add_(new Scalar(EPSILON));
    parameter.addcdiv_(slot.mean(), root, new Scalar(-lr * correction));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Slot slot : slots) {
      state.put(slot.trained().name() + ".mean", slot.mean());
      state.put(slot.trained().name() + ".square", slot.square());
    }
    state.put("steps", steps);
    return state;
  }
}
