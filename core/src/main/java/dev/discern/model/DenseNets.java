package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Concat;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Pool;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Densely connected networks with bottlenecks and compression (Huang et al., 2017, DenseNet-BC):
 * each layer receives the maps of all layers before it. Names are those of timm.
 */
final class DenseNets {
  private DenseNets() {}

  /** For images of 32 pixels or so: a 3×3 stem of twice the growth, and three blocks. */
  static Architecture small(int channels, int perBlock, int growth) {
    int stem = 2 * growth;
    Layer first = Conv.of("features.conv0", channels, stem, 3);
    return network(channels, 32, first, stem, new int[] {perBlock, perBlock, perBlock}, growth, 0);
  }

  /** For photographs: a 7×7 stem of stride 2, and pooling. */
  static Architecture large(int channels, int[] depths, int growth, double drop) {
    int stem = 2 * growth;
    Layer first =
        Sequence.of(
            Parts.convNormRelu(
                Conv.of("features.conv0", channels, stem, 7).stride(2), "features.norm0"),
            new Pool(Pool.Kind.MAX, 3, 2, 1));
    return network(channels, 224, first, stem, depths, growth, drop);
  }

  private static Architecture network(
      int channels, int side, Layer first, int stem, int[] depths, int growth, double drop) {
    List<Layer> trunk = new ArrayList<>(List.of(Block.of("stem", first)));
    int in = stem;
    for (int block = 0; block < depths.length; block++) {
      String name = "features.denseblock" + (block + 1);
      for (int layer = 0; layer < depths[block]; layer++) {
        trunk.add(grown(name + ".denselayer" + (layer + 1), in, growth));
        in += growth;
      }
      if (block < depths.length - 1) {
        trunk.add(transition("features.transition" + (block + 1), in));
        in /= 2;
      }
    }
    trunk.add(Block.of("features.norm5", normRelu("features.norm5", in)));
    return new Architecture(
        channels,
        side,
        1,
        new Sequence(trunk),
        Parts.neck(drop, new GlobalPool()),
        "classifier",
        Initialization.HE_FAN_OUT);
  }

  private static Layer grown(String name, int in, int growth) {
    Layer branch =
        Sequence.of(
            normRelu(name + ".norm1", in),
            Conv.of(name + ".conv1", in, 4 * growth, 1),
            normRelu(name + ".norm2", 4 * growth),
            Conv.of(name + ".conv2", 4 * growth, growth, 3));
    return Block.of(name, Concat.of(Sequence.of(), branch));
  }

  private static Layer transition(String name, int in) {
    return Block.of(
        name,
        normRelu(name + ".norm", in),
        Conv.of(name + ".conv", in, in / 2, 1),
        new Pool(Pool.Kind.MEAN, 2, 2, 0));
  }

  private static Layer normRelu(String name, int channels) {
    return Sequence.of(new BatchNorm(name, channels), Activation.RELU);
  }
}
