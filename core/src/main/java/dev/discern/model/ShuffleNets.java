package dev.discern.model;

import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.Block;
import dev.discern.layer.ChannelShuffle;
import dev.discern.layer.ChannelSlice;
import dev.discern.layer.Concat;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Pool;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.List;

/** ShuffleNet V2 (Ma et al., 2018), with torchvision's names. */
final class ShuffleNets {
  private static final int STEM = 24;
  private static final int HEAD = 1024;

  private ShuffleNets() {}

  static Architecture v2(int channels, int[] depths, int[] widths, double drop) {
    List<Layer> trunk = new ArrayList<>();
    trunk.add(
        Block.of(
            "conv1",
            Parts.convNormRelu(Conv.of("conv1.0", channels, STEM, 3).stride(2), "conv1.1"),
            new Pool(Pool.Kind.MAX, 3, 2, 1)));
    int in = STEM;
    for (int stage = 0; stage < depths.length; stage++) {
      for (int index = 0; index < depths[stage]; index++) {
        String name = "stage" + (stage + 2) + "." + index;
        int half = widths[stage] / 2;
        Layer joined =
            index == 0
                ? Concat.of(shortcut(name + ".branch1", in, half), branch(name, in, half, 2))
                : Concat.of(
                    new ChannelSlice(0, half),
                    Sequence.of(new ChannelSlice(half, 2 * half), branch(name, half, half, 1)));
        trunk.add(Block.of(name, joined, new ChannelShuffle(2)));
        in = widths[stage];
      }
    }
    trunk.add(Block.of("conv5", Parts.convNormRelu(Conv.of("conv5.0", in, HEAD, 1), "conv5.1")));
    return new Architecture(
        channels,
        224,
        1,
        new Sequence(trunk),
        Parts.neck(drop, new GlobalPool()),
        "fc",
        Initialization.HE_FAN_OUT);
  }

  private static Layer shortcut(String name, int in, int out) {
    return Sequence.of(
        Parts.convNorm(Conv.depthwise(name + ".0", in, 3).stride(2), name + ".1"),
        Parts.convNormRelu(Conv.of(name + ".2", in, out, 1), name + ".3"));
  }

  private static Layer branch(String block, int in, int out, int stride) {
    String name = block + ".branch2";
    return Sequence.of(
        Parts.convNormRelu(Conv.of(name + ".0", in, out, 1), name + ".1"),
        Parts.convNorm(Conv.depthwise(name + ".3", out, 3).stride(stride), name + ".4"),
        Parts.convNormRelu(Conv.of(name + ".5", out, out, 1), name + ".6"));
  }
}
