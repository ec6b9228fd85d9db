package dev.discern.model;

import static dev.discern.layer.Activation.HARD_SWISH;
import static dev.discern.layer.Activation.RELU;

import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Sequence;
import dev.discern.model.MobileNets.Blocks;
import dev.discern.model.MobileNets.Excitation;
import java.util.List;

/** MobileNetV3 (Howard et al., 2019, tables 1 and 2), whose last convolution follows pooling. */
final class MobileNetV3s {
  private static final MobileNets.Style STYLE =
      new MobileNets.Style(1e-5, false, Excitation.OF_EXPANDED);

  private static final List<List<Blocks>> LARGE =
      List.of(
          List.of(new Blocks(1, 3, 1, 0, 16, false, RELU)),
          List.of(new Blocks(1, 3, 2, 4, 24, false, RELU), new Blocks(1, 3, 1, 3, 24, false, RELU)),
          List.of(new Blocks(3, 5, 2, 3, 40, true, RELU)),
          List.of(
              new Blocks(1, 3, 2, 6, 80, false, HARD_SWISH),
              new Blocks(1, 3, 1, 2.5, 80, false, HARD_SWISH),
              new Blocks(2, 3, 1, 2.3, 80, false, HARD_SWISH)),
          List.of(new Blocks(2, 3, 1, 6, 112, true, HARD_SWISH)),
          List.of(new Blocks(3, 5, 2, 6, 160, true, HARD_SWISH)));

  private static final List<List<Blocks>> SMALL =
      List.of(
          List.of(new Blocks(1, 3, 2, 0, 16, true, RELU)),
          List.of(
              new Blocks(1, 3, 2, 4.5, 24, false, RELU),
              new Blocks(1, 3, 1, 3.67, 24, false, RELU)),
          List.of(
              new Blocks(1, 5, 2, 4, 40, true, HARD_SWISH),
              new Blocks(2, 5, 1, 6, 40, true, HARD_SWISH)),
          List.of(new Blocks(2, 5, 1, 3, 48, true, HARD_SWISH)),
          List.of(new Blocks(3, 5, 2, 6, 96, true, HARD_SWISH)));

  private MobileNetV3s() {}

  static Architecture large(int channels, double drop, double dropPath) {
    return build(channels, LARGE, 160, 960, 1280, drop, dropPath);
  }

  static Architecture small(int channels, double drop, double dropPath) {
    return build(channels, SMALL, 96, 576, 1024, drop, dropPath);
  }

  private static Architecture build(
      int channels,
      List<List<Blocks>> stages,
      int in,
      int width,
      int head,
      double drop,
      double dropPath) {
    int blocks = stages.stream().flatMap(List::stream).mapToInt(Blocks::repeats).sum();
    List<Layer> trunk =
        MobileNets.trunk(channels, 16, HARD_SWISH, stages, STYLE, new DropRates(dropPath, blocks));
    String last = "blocks." + stages.size() + ".0";
    trunk.add(
        Block.of(
            last,
            Conv.of(last + ".conv", in, width, 1),
            new BatchNorm(last + ".bn1", width),
            HARD_SWISH));
    Layer neck =
        Parts.neck(
            drop, new GlobalPool(), Conv.of("conv_head", width, head, 1).biased(), HARD_SWISH);
    return new Architecture(
        channels, 224, 1, new Sequence(trunk), neck, "classifier", Initialization.HE_FAN_OUT);
  }
}
