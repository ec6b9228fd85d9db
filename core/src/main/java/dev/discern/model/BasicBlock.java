package dev.discern.model;

import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A residual block: two 3×3 convolutions with a shortcut (He et al., 2016, fig. 5 left). */
final class BasicBlock {
  private final Conv2d conv1;
  private final BatchNorm2d bn1;
  private final Conv2d conv2;
  private final BatchNorm2d bn2;
  private final @Nullable Conv2d projection;
  private final @Nullable BatchNorm2d projectionNorm;
  private final int stride;
  private final int extraChannels;
  private final int out;

  BasicBlock(ParameterStore store, int in, int out, int stride, Shortcut shortcut) {
    conv1 = new Conv2d(store.under("conv1"), in, out, 3, stride);
    bn1 = new BatchNorm2d(store.under("bn1"), out);
    conv2 = new Conv2d(store.under("conv2"), out, out, 3, 1);
    bn2 = new BatchNorm2d(store.under("bn2"), out);
    boolean changes = stride != 1 || in != out;
    boolean projects = changes && shortcut == Shortcut.PROJECTION;
    projection = projects ? new Conv2d(store.under("downsample.0"), in, out, 1, stride) : null;
    projectionNorm = projects ? new BatchNorm2d(store.under("downsample.1"), out) : null;
    this.stride = stride;
    this.out = out;
    this.extraChannels = out - in;
  }

  /** The height or width after this block. */
  int reduced(int side) {
    return (side + stride - 1) / stride;
  }

  /** The number of values kept for the backward pass, per output pixel. */
  long activations() {
    return (projection == null ? 4L : 5L) * out;
  }

  Tensor forward(Tensor x, boolean training) {
    Tensor y = torch.relu(bn1.forward(conv1.forward(x), training));
    y = bn2.forward(conv2.forward(y), training);
    return y.add_(shortcut(x, training)).relu_();
  }

  private Tensor shortcut(Tensor x, boolean training) {
    if (projection != null && projectionNorm != null) {
      return projectionNorm.forward(projection.forward(x), training);
    }
    return stride == 1 && extraChannels == 0 ? x : subsampleAndPad(x);
  }

  // Option A of the paper: every stride-th pixel; the new channels are zero.
  private Tensor subsampleAndPad(Tensor x) {
    Tensor picked = x;
    if (stride != 1) {
      picked = picked.slice(2, some(0), none(), stride).slice(3, some(0), none(), stride);
    }
    int before = extraChannels / 2;
    return torch.constant_pad_nd(
        picked, new long[] {0, 0, 0, 0, before, extraChannels - before}, new Scalar(0.0));
  }

  private static LongOptional some(long value) {
    return new LongOptional(value);
  }

  private static LongOptional none() {
    return new LongOptional();
  }
}
