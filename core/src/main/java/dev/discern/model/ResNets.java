package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Pool;
import dev.discern.layer.Residual;
import dev.discern.layer.Sequence;
import dev.discern.layer.Subsample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Residual networks (He et al., 2016): a stem, then stages of blocks, of which each but the first
 * halves height and width. Names are those of timm and torchvision.
 */
final class ResNets {
  private ResNets() {}

  /**
   * What the blocks are made of.
   *
   * @param bottleneck three convolutions (fig. 5 right) instead of two (left)
   * @param groups of the middle convolution
   * @param expansion the channels after a block over its stage's width
   * @param middle the channels of the middle convolution over its stage's width
   * @param excitation the channels of squeeze-and-excitation's hidden layer over those of the
   *     block, as a divisor; 0 for none
   * @param projects whether a shortcut that changes size is a convolution (option B) instead of a
   *     subsampling (option A)
   */
  record Style(
      boolean bottleneck,
      int groups,
      int expansion,
      double middle,
      int excitation,
      boolean projects) {
    static final Style BASIC = new Style(false, 1, 1, 1, 0, true);
    static final Style BOTTLENECK = new Style(true, 1, 4, 1, 0, true);

    Style subsampling() {
      return new Style(bottleneck, groups, expansion, middle, excitation, false);
    }

    Style excited(int divisor) {
      return new Style(bottleneck, groups, expansion, middle, divisor, projects);
    }

    Style grouped(int count, double width) {
      return new Style(bottleneck, count, expansion, width, excitation, projects);
    }
  }

  /** For images of 32 pixels or so: a 3×3 stem without pooling. */
  static Architecture small(int channels, int stem, int[] depths, int[] widths, Style style) {
    Layer first = Parts.convNormRelu(Conv.of("conv1", channels, stem, 3), "bn1");
    return network(channels, 32, first, stem, depths, widths, style, 0, 0);
  }

  /** For photographs: a 7×7 stem of stride 2, and pooling. */
  static Architecture large(int channels, int[] depths, Style style, double drop, double dropPath) {
    Layer first =
        Sequence.of(
            Parts.convNormRelu(Conv.of("conv1", channels, 64, 7).stride(2), "bn1"),
            new Pool(Pool.Kind.MAX, 3, 2, 1));
    return network(
        channels, 224, first, 64, depths, new int[] {64, 128, 256, 512}, style, drop, dropPath);
  }

  private static Architecture network(
      int channels,
      int side,
      Layer first,
      int stem,
      int[] depths,
      int[] widths,
      Style style,
      double drop,
      double dropPath) {
    List<Layer> trunk = new ArrayList<>(List.of(Block.of("stem", first)));
    DropRates rates = new DropRates(dropPath, Arrays.stream(depths).sum());
    int in = stem;
    for (int stage = 0; stage < depths.length; stage++) {
      for (int index = 0; index < depths[stage]; index++) {
        int stride = stage > 0 && index == 0 ? 2 : 1;
        String name = "layer" + (stage + 1) + "." + index;
        trunk.add(block(name, in, widths[stage], stride, style, rates.next()));
        in = widths[stage] * style.expansion();
      }
    }
    return new Architecture(
        channels,
        side,
        1,
        new Sequence(trunk),
        Parts.neck(drop, new GlobalPool()),
        "fc",
        Initialization.HE_FAN_OUT);
  }

  private static Layer block(
      String name, int in, int width, int stride, Style style, double dropPath) {
    int out = width * style.expansion();
    List<Layer> body = new ArrayList<>();
    if (style.bottleneck()) {
      int middle = (int) (width * style.middle());
      Conv spatial =
          Conv.of(name + ".conv2", middle, middle, 3).stride(stride).groups(style.groups());
      body.add(Parts.convNormRelu(Conv.of(name + ".conv1", in, middle, 1), name + ".bn1"));
      body.add(Parts.convNormRelu(spatial, name + ".bn2"));
      body.add(Parts.convNorm(Conv.of(name + ".conv3", middle, out, 1), name + ".bn3"));
    } else {
      Conv first = Conv.of(name + ".conv1", in, out, 3).stride(stride);
      body.add(Parts.convNormRelu(first, name + ".bn1"));
      body.add(Parts.convNorm(Conv.of(name + ".conv2", out, out, 3), name + ".bn2"));
    }
    if (style.excitation() > 0) {
      body.add(
          Parts.squeezeExcite(
              name + ".se.fc1",
              name + ".se.fc2",
              out,
              Math.max(1, out / style.excitation()),
              Activation.RELU,
              Activation.SIGMOID));
    }
    Layer branch = Parts.withDropPath(new Sequence(body), name, dropPath);
    return Block.of(
        name, new Residual(branch, shortcut(name, in, out, stride, style)), Activation.RELU);
  }

  private static Layer shortcut(String name, int in, int out, int stride, Style style) {
    if (stride == 1 && in == out) {
      return Sequence.of();
    }
    if (!style.projects()) {
      return new Subsample(in, out, stride);
    }
    Conv projection = Conv.of(name + ".downsample.0", in, out, 1).stride(stride);
    return Parts.convNorm(projection, name + ".downsample.1");
  }
}
