package dev.discern.model;

import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A square convolution without bias, because the {@link BatchNorm2d} that follows has one. */
final class Conv2d {
  private final Tensor weight;
  private final long[] stride;
  private final long[] padding;

  /**
   * Adds {@code weight [out, in, kernel, kernel]} to the store, initialized as in He et al. (2015)
   * for ReLU networks, eq. 14 (fan-out): normal with variance {@code 2 / (out · kernel²)}.
   */
  Conv2d(ParameterStore store, int in, int out, int kernel, int stride) {
    double std = Math.sqrt(2.0 / ((double) out * kernel * kernel));
    this.weight = store.normal("weight", std, out, in, kernel, kernel);
    this.stride = new long[] {stride, stride};
    this.padding = new long[] {kernel / 2, kernel / 2};
  }

  /** {@code [N, in, H, W] → [N, out, ⌈H/stride⌉, ⌈W/stride⌉]}. */
  Tensor forward(Tensor x) {
    return torch.conv2d(x, weight, new TensorOptional(), stride, padding, new long[] {1, 1}, 1);
  }
}
