package dev.discern.torch;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The arithmetic of a network's forward pass. Losses are always computed in float32.
 *
 * <p>{@link #BF16} is autocast: weights stay float32, convolutions and matrix products run in
 * bfloat16. It pays only where the processor multiplies bfloat16 in hardware.
 */
public enum Precision {
  /** float32 throughout. */
  FP32,
  /** bfloat16 autocast. */
  BF16;

  /**
   * The precision that a configuration names.
   *
   * @param name {@code auto}, {@code fp32} or {@code bf16}
   * @param device where the network runs
   * @return for {@code auto}, bf16 on a processor or GPU that has the instructions, else fp32
   */
  public static Precision choose(String name, Device device) {
    return switch (name) {
      case "fp32" -> FP32;
      case "bf16" -> BF16;
      default -> device.is_cuda() || Processor.detect().hasBf16() ? BF16 : FP32;
    };
  }

  /**
   * Runs a forward pass in this precision.
   *
   * @param device the kind of device the pass runs on
   * @param forward the pass
   * @param <T> its result
   * @return what the pass returns
   */
  public <T> T run(DeviceType device, Supplier<T> forward) {
    if (this == FP32) {
      return forward.get();
    }
    torch.set_autocast_dtype(device, ScalarType.BFloat16);
    torch.set_autocast_enabled(device, true);
    try {
      return forward.get();
    } finally {
      torch.set_autocast_enabled(device, false);
      // Autocast caches the bfloat16 copies of the weights; after an optimizer step they would be
      // outdated.
      torch.clear_cache();
    }
  }

  /**
   * Runs a part of a forward pass in float32, whatever the precision of the pass.
   *
   * @param input what the part receives, in the dtype of the pass
   * @param part receives the input, in bf16 converted to float32
   * @return what the part returns, in bf16 converted to bfloat16
   */
  public static Tensor inFloat32(Tensor input, UnaryOperator<Tensor> part) {
    DeviceType device = input.device().type();
    if (!torch.is_autocast_enabled(device)) {
      return part.apply(input);
    }
    torch.set_autocast_enabled(device, false);
    try {
      return part.apply(input.to(ScalarType.Float)).to(ScalarType.BFloat16);
    } finally {
      torch.set_autocast_enabled(device, true);
    }
  }

  /**
   * Converts images to channels-last, the layout that the convolution kernels prefer.
   *
   * @param images {@code [N, C, H, W]}
   * @return the same values, channels-last
   */
  public static Tensor channelsLast(Tensor images) {
    return images.contiguous(MemoryFormat.ChannelsLast);
  }
}
