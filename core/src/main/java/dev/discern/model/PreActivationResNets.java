package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.Dropout;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Residual;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks for small images whose blocks normalize and activate before each convolution
 * (He et al., "Identity Mappings in Deep Residual Networks", 2016), and the wide ones (Zagoruyko
 * and Komodakis, 2016). Where a block changes size, its shortcut is a 1×1 convolution of the
 * activated input.
 */
final class PreActivationResNets {
  private PreActivationResNets() {}

  /**
   * Builds a network of three stages after a 3×3 stem of 16 channels.
   *
   * @param channels of the images
   * @param perStage blocks of each stage
   * @param widths of the stages
   * @param bottleneck whether blocks have three convolutions, and four times the width after them
   * @param drop the rate of dropout between a block's two 3×3 convolutions
   */
  static Architecture build(
      int channels, int perStage, int[] widths, boolean bottleneck, double drop) {
    List<Layer> trunk = new ArrayList<>();
    trunk.add(Block.of("stem", Conv.of("conv1", channels, 16, 3)));
    int in = 16;
    for (int stage = 0; stage < widths.length; stage++) {
      int out = widths[stage] * (bottleneck ? 4 : 1);
      for (int index = 0; index < perStage; index++) {
        int stride = stage > 0 && index == 0 ? 2 : 1;
        String name = "layer" + (stage + 1) + "." + index;
        trunk.add(block(name, in, widths[stage], out, stride, bottleneck, drop));
        in = out;
      }
    }
    trunk.add(Block.of("norm", normRelu("bn", in)));
    return new Architecture(
        channels,
        32,
        1,
        new Sequence(trunk),
        Parts.neck(0, new GlobalPool()),
        "fc",
        Initialization.HE_FAN_OUT);
  }

  private static Layer block(
      String name, int in, int width, int out, int stride, boolean bottleneck, double drop) {
    Layer activated = normRelu(name + ".bn1", in);
    Layer branch =
        bottleneck
            ? Sequence.of(
                Conv.of(name + ".conv1", in, width, 1),
                normRelu(name + ".bn2", width),
                Conv.of(name + ".conv2", width, width, 3).stride(stride),
                normRelu(name + ".bn3", width),
                Conv.of(name + ".conv3", width, out, 1))
            : Sequence.of(
                Conv.of(name + ".conv1", in, width, 3).stride(stride),
                normRelu(name + ".bn2", width),
                dropout(name, drop),
                Conv.of(name + ".conv2", width, out, 3));
    if (stride == 1 && in == out) {
      return Block.of(name, new Residual(Sequence.of(activated, branch)));
    }
    Layer projection = Conv.of(name + ".downsample", in, out, 1).stride(stride);
    return Block.of(name, activated, new Residual(branch, projection));
  }

  private static Layer normRelu(String name, int channels) {
    return Sequence.of(new BatchNorm(name, channels), Activation.RELU);
  }

  private static Layer dropout(String block, double rate) {
    return rate == 0 ? Sequence.of() : new Dropout(block + ".drop", rate);
  }
}
