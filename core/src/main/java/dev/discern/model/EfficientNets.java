package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Layer;
import dev.discern.model.MobileNets.Blocks;
import dev.discern.model.MobileNets.Excitation;
import java.util.ArrayList;
import java.util.List;

/** EfficientNet (Tan and Le, 2019, table 1), its Lite variants, and MobileNetV2. */
final class EfficientNets {
  private static final int STEM = 32;
  private static final int[] REPEATS = {1, 2, 2, 3, 3, 4, 1};
  private static final int[] KERNELS = {3, 3, 5, 3, 5, 5, 3};
  private static final int[] STRIDES = {1, 2, 2, 2, 1, 2, 1};
  private static final int[] WIDTHS = {16, 24, 40, 80, 112, 192, 320};

  private EfficientNets() {}

  /**
   * How a member of the family is scaled.
   *
   * @param width the factor for channels
   * @param depth the factor for repeats
   * @param side the height and width of its images
   */
  record Size(double width, double depth, int side) {
    static final Size B0 = new Size(1, 1, 224);
  }

  /** EfficientNet-B0. */
  static Architecture b0(int channels, double drop, double dropPath) {
    MobileNets.Style style = new MobileNets.Style(1e-5, false, Excitation.OF_INPUT);
    return build(channels, Size.B0, true, Activation.SILU, style, drop, dropPath);
  }

  /**
   * A Lite variant: ReLU6, no squeeze-and-excitation; stem, first and last stage are not scaled.
   *
   * @param channels of the images
   * @param size how it is scaled
   * @param tensorFlow whether convolutions of stride 2 pad as TensorFlow does, and batch
   *     normalization has its epsilon of 1e-3
   * @param drop the rate of dropout before the head
   * @param dropPath the last block's rate of stochastic depth
   */
  static Architecture lite(
      int channels, Size size, boolean tensorFlow, double drop, double dropPath) {
    MobileNets.Style style =
        new MobileNets.Style(tensorFlow ? 1e-3 : 1e-5, tensorFlow, Excitation.OF_INPUT);
    return build(channels, size, false, Activation.RELU6, style, drop, dropPath);
  }

  /** MobileNetV2 (Sandler et al., 2018, table 2). */
  static Architecture mobileNetV2(int channels, double drop, double dropPath) {
    Activation relu6 = Activation.RELU6;
    List<List<Blocks>> stages =
        List.of(
            List.of(new Blocks(1, 3, 1, 0, 16, false, relu6)),
            List.of(new Blocks(2, 3, 2, 6, 24, false, relu6)),
            List.of(new Blocks(3, 3, 2, 6, 32, false, relu6)),
            List.of(new Blocks(4, 3, 2, 6, 64, false, relu6)),
            List.of(new Blocks(3, 3, 1, 6, 96, false, relu6)),
            List.of(new Blocks(3, 3, 2, 6, 160, false, relu6)),
            List.of(new Blocks(1, 3, 1, 6, 320, false, relu6)));
    MobileNets.Style style = new MobileNets.Style(1e-5, false, Excitation.OF_INPUT);
    return network(channels, 224, stages, relu6, style, drop, dropPath);
  }

  private static Architecture build(
      int channels,
      Size size,
      boolean excited,
      Activation activation,
      MobileNets.Style style,
      double drop,
      double dropPath) {
    List<List<Blocks>> stages = new ArrayList<>();
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      boolean scaled = stage > 0 && stage < WIDTHS.length - 1;
      int repeats = scaled ? (int) Math.ceil(REPEATS[stage] * size.depth()) : REPEATS[stage];
      stages.add(
          List.of(
              new Blocks(
                  repeats,
                  KERNELS[stage],
                  STRIDES[stage],
                  stage == 0 ? 0 : 6,
                  Parts.roundedTo8(WIDTHS[stage] * size.width()),
                  excited,
                  activation)));
    }
    return network(channels, size.side(), stages, activation, style, drop, dropPath);
  }

  private static Architecture network(
      int channels,
      int side,
      List<List<Blocks>> stages,
      Activation activation,
      MobileNets.Style style,
      double drop,
      double dropPath) {
    int blocks = stages.stream().flatMap(List::stream).mapToInt(Blocks::repeats).sum();
    int last = stages.get(stages.size() - 1).get(0).out();
    List<Layer> trunk =
        MobileNets.trunk(
            channels, STEM, activation, stages, style, new DropRates(dropPath, blocks));
    return MobileNets.network(channels, side, trunk, last, activation, style.epsilon(), drop);
  }
}
