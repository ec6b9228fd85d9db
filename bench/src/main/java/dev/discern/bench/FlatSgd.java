package dev.discern.bench;

import java.util.Collection;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Momentum SGD on one buffer that holds all parameters, and one that holds their gradients. */
final class FlatSgd {
  private static final double MOMENTUM = 0.9;

  private final Tensor values;
  private final Tensor gradients;
  private final Tensor velocity;

  /**
   * Moves parameters and gradients into flat buffers.
   *
   * @param parameters float32; they become views
   */
  FlatSgd(Collection<Tensor> parameters) {
    long size = parameters.stream().mapToLong(Tensor::numel).sum();
    values = zeros(size);
    gradients = zeros(size);
    velocity = zeros(size);
    long at = 0;
    try (NoGradGuard noGrad = new NoGradGuard()) {
      for (Tensor parameter : parameters) {
        long end = at + parameter.numel();
        Tensor view = like(parameter, values.narrow(0, at, end - at));
        view.copy_(parameter);
        parameter.__dispatch_set_data(view);
        parameter.mutable_grad().put(like(parameter, gradients.narrow(0, at, end - at)));
        at = end;
      }
    }
  }

  // With the strides of the parameter, which may be channels-last.
  private static Tensor like(Tensor parameter, Tensor flat) {
    if (parameter.dim() != 4 || !parameter.is_contiguous(MemoryFormat.ChannelsLast)) {
      return flat.view(parameter.sizes().vec().get());
    }
    return flat.view(parameter.size(0), parameter.size(2), parameter.size(3), parameter.size(1))
        .permute(0, 3, 1, 2);
  }

  private static Tensor zeros(long size) {
    return torch.zeros(new long[] {size}, new TensorOptions(ScalarType.Float));
  }

  void zeroGradients() {
    gradients.zero_();
  }

  void step(double rate) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      velocity.mul_(new Scalar(MOMENTUM)).add_(gradients);
      values.add_(velocity, new Scalar(-rate));
    }
  }
}
