package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.Dense;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.LayerNorm;
import dev.discern.layer.Padding;
import dev.discern.layer.Residual;
import dev.discern.layer.Scale;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ConvNeXt (Liu et al., 2022), with timm's names. */
final class ConvNeXts {
  private ConvNeXts() {}

  /**
   * Builds a network of four stages.
   *
   * @param channels of the images
   * @param depths blocks of each stage
   * @param widths of the stages
   * @param convolutions whether the layers of a block's perceptron are 1×1 convolutions, as in the
   *     smaller networks' weights, instead of linear layers; both compute the same
   * @param drop the rate of dropout before the head
   * @param dropPath the last block's rate of stochastic depth
   */
  static Architecture build(
      int channels,
      int[] depths,
      int[] widths,
      boolean convolutions,
      double drop,
      double dropPath) {
    List<Layer> trunk = new ArrayList<>();
    trunk.add(
        Block.of(
            "stem", patches("stem.0", channels, widths[0], 4), new LayerNorm("stem.1", widths[0])));
    DropRates rates = new DropRates(dropPath, Arrays.stream(depths).sum());
    for (int stage = 0; stage < depths.length; stage++) {
      String name = "stages." + stage;
      if (stage > 0) {
        trunk.add(
            Block.of(
                name + ".downsample",
                new LayerNorm(name + ".downsample.0", widths[stage - 1]),
                patches(name + ".downsample.1", widths[stage - 1], widths[stage], 2)));
      }
      for (int index = 0; index < depths[stage]; index++) {
        String block = name + ".blocks." + index;
        trunk.add(Block.of(block, block(block, widths[stage], convolutions, rates.next())));
      }
    }
    Layer neck =
        Parts.neck(drop, new GlobalPool(), new LayerNorm("head.norm", widths[depths.length - 1]));
    return new Architecture(
        channels, 224, 1, new Sequence(trunk), neck, "head.fc", Initialization.NORMAL);
  }

  private static Layer patches(String name, int in, int out, int side) {
    return Conv.of(name, in, out, side).stride(side).padding(Padding.of(0)).biased();
  }

  private static Layer block(String name, int width, boolean convolutions, double dropPath) {
    Layer branch =
        Sequence.of(
            Conv.depthwise(name + ".conv_dw", width, 7).biased(),
            new LayerNorm(name + ".norm", width),
            linear(name + ".mlp.fc1", width, 4 * width, convolutions),
            Activation.GELU,
            linear(name + ".mlp.fc2", 4 * width, width, convolutions),
            new Scale(name + ".gamma", width));
    return new Residual(Parts.withDropPath(branch, name, dropPath));
  }

  private static Layer linear(String name, int in, int out, boolean convolution) {
    return convolution ? Conv.of(name, in, out, 1).biased() : new Dense(name, in, out);
  }
}
