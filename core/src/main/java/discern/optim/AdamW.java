package discern.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** AdamW (Loshchilov and Hutter, 2019) with β₁ .9, β₂ .999, ε 1e-8, as PyTorch defines it. */
public final class AdamW implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> means = new LinkedHashMap<>();
  private final Map<String, Tensor> squares = new LinkedHashMap<>();
  private final Tensor steps;
  private final WeightDecay decay;

  /**
   * Starts with zero moments.
   *
   * @param parameters what to update, by name
   * @param decay the decoupled decay
   */
  public AdamW(Map<String, Tensor> parameters, WeightDecay decay) {
    this.parameters = parameters;
    this.decay = decay;
    parameters.forEach(
        (name, tensor) -> {
          means.put(name, torch.zeros_like(tensor.detach()));
          squares.put(name, torch.zeros_like(tensor.detach()));
        });
    steps = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.Long));
  }

  @Override
  public void step(double lr) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      steps.add_(new Scalar(1L));
      long step = steps.item_long();
      double stepSize = lr / (1 - Math.pow(BETA1, step));
      double scale = 1 / Math.sqrt(1 - Math.pow(BETA2, step));
      parameters.forEach((name, parameter) -> update(name, parameter, lr, stepSize, scale));
    }
  }

  private void update(String name, Tensor parameter, double lr, double stepSize, double scale) {
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    double factor = decay.of(parameter);
    if (factor > 0) {
      parameter.mul_(new Scalar(1 - lr * factor));
    }
    Tensor mean = means.get(name);
    Tensor square = squares.get(name);
    mean.lerp_(gradient, new Scalar(1 - BETA1));
    square.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
    Tensor root = square.sqrt().mul_(new Scalar(scale)).add_(new Scalar(EPSILON));
    parameter.addcdiv_(mean, root, new Scalar(-stepSize));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    means.forEach((name, tensor) -> state.put(name + ".mean", tensor));
    squares.forEach((name, tensor) -> state.put(name + ".square", tensor));
    state.put("steps", steps);
    return state;
  }
}
