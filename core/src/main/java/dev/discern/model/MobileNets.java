package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Padding;
import dev.discern.layer.Residual;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of inverted residual blocks: MobileNetV2 (Sandler et al., 2018), MobileNetV3 (Howard et
 * al., 2019) and EfficientNet (Tan and Le, 2019), with timm's names.
 */
final class MobileNets {
  private MobileNets() {}

  /**
   * Blocks of a stage that are alike.
   *
   * @param repeats how many; only the first has the stride
   * @param kernel of the depthwise convolution
   * @param stride of the first block
   * @param expansion the channels between over those received; 0 for a block without the first
   *     convolution
   * @param out the channels after each block
   * @param excited whether the blocks have squeeze-and-excitation
   * @param activation of the blocks
   */
  record Blocks(
      int repeats,
      int kernel,
      int stride,
      double expansion,
      int out,
      boolean excited,
      Activation activation) {}

  /**
   * What all blocks of a network have in common.
   *
   * @param epsilon of batch normalization
   * @param same whether convolutions of stride 2 pad as TensorFlow does
   * @param excitation how squeeze-and-excitation is built
   */
  record Style(double epsilon, boolean same, Excitation excitation) {}

  /** Kinds of squeeze-and-excitation. */
  enum Excitation {
    /** EfficientNet's: a quarter of the channels that the block receives. */
    OF_INPUT,
    /** MobileNetV3's: a quarter of the channels between, rounded to 8; ReLU and hard sigmoid. */
    OF_EXPANDED
  }

  /** Builds the stem and the stages. */
  static List<Layer> trunk(
      int channels,
      int stem,
      Activation first,
      List<List<Blocks>> stages,
      Style style,
      DropRates rates) {
    List<Layer> trunk = new ArrayList<>();
    Conv convolution = strided(Conv.of("conv_stem", channels, stem, 3), 2, style);
    trunk.add(Block.of("stem", convolution, new BatchNorm("bn1", stem, style.epsilon()), first));
    int in = stem;
    for (int stage = 0; stage < stages.size(); stage++) {
      int index = 0;
      for (Blocks blocks : stages.get(stage)) {
        for (int repeat = 0; repeat < blocks.repeats(); repeat++) {
          String name = "blocks." + stage + "." + index++;
          int stride = repeat == 0 ? blocks.stride() : 1;
          trunk.add(block(name, in, stride, blocks, style, rates.next()));
          in = blocks.out();
        }
      }
    }
    return trunk;
  }

  /** A network whose last convolution precedes pooling, as in MobileNetV2 and EfficientNet. */
  static Architecture network(
      int channels,
      int side,
      List<Layer> trunk,
      int in,
      Activation activation,
      double epsilon,
      double drop) {
    List<Layer> all = new ArrayList<>(trunk);
    all.add(
        Block.of(
            "conv_head",
            Conv.of("conv_head", in, 1280, 1),
            new BatchNorm("bn2", 1280, epsilon),
            activation));
    return new Architecture(
        channels,
        side,
        1,
        new Sequence(all),
        Parts.neck(drop, new GlobalPool()),
        "classifier",
        Initialization.HE_FAN_OUT);
  }

  private static Layer block(
      String name, int in, int stride, Blocks blocks, Style style, double dropPath) {
    List<Layer> layers = new ArrayList<>();
    boolean expands = blocks.expansion() > 0;
    int middle = expands ? Parts.roundedTo8(in * blocks.expansion()) : in;
    int norm = 1;
    if (expands) {
      layers.add(Conv.of(name + ".conv_pw", in, middle, 1));
      layers.add(new BatchNorm(name + ".bn" + norm++, middle, style.epsilon()));
      layers.add(blocks.activation());
    }
    layers.add(strided(Conv.depthwise(name + ".conv_dw", middle, blocks.kernel()), stride, style));
    layers.add(new BatchNorm(name + ".bn" + norm++, middle, style.epsilon()));
    layers.add(blocks.activation());
    if (blocks.excited()) {
      layers.add(excitation(name + ".se", in, middle, blocks.activation(), style));
    }
    String last = name + (expands ? ".conv_pwl" : ".conv_pw");
    layers.add(Conv.of(last, middle, blocks.out(), 1));
    layers.add(new BatchNorm(name + ".bn" + norm, blocks.out(), style.epsilon()));
    Layer branch = new Sequence(layers);
    boolean skips = stride == 1 && in == blocks.out();
    return Block.of(
        name, skips ? new Residual(Parts.withDropPath(branch, name, dropPath)) : branch);
  }

  private static Layer excitation(
      String name, int in, int middle, Activation activation, Style style) {
    boolean ofInput = style.excitation() == Excitation.OF_INPUT;
    return Parts.squeezeExcite(
        name + ".conv_reduce",
        name + ".conv_expand",
        middle,
        ofInput ? Math.round(in / 4f) : Parts.roundedTo8(middle / 4.0),
        ofInput ? activation : Activation.RELU,
        ofInput ? Activation.SIGMOID : Activation.HARD_SIGMOID);
  }

  private static Conv strided(Conv conv, int stride, Style style) {
    Conv strided = conv.stride(stride);
    return style.same() && stride > 1 ? strided.padding(Padding.same()) : strided;
  }
}
