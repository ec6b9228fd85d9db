package dev.discern.model;

import dev.discern.config.Check;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.model.ResNets.Style;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The networks for small images, such as CIFAR's. */
final class SmallModels {
  private static final String HE = "He, Zhang, Ren, Sun: Deep Residual Learning, CVPR 2016";
  private static final String CRL =
      "Zhang et al.: Competing Ratio Loss, Neurocomputing 2021 (the authors' code)";
  private static final int[] WIDTHS = {16, 32, 64};

  private SmallModels() {}

  static List<MethodSpec<ModelFactory>> all() {
    return List.of(
        cifar(8),
        cifar(20),
        cifar(32),
        cifar(56),
        slim34(),
        preActivation(),
        wide(),
        dense(),
        aggregated(),
        excited());
  }

  private static MethodSpec<ModelFactory> cifar(int depth) {
    int perStage = (depth - 2) / 6;
    return entry(
        "resnet" + depth,
        "CIFAR-style ResNet of depth " + depth + ", parameter-free shortcuts",
        HE,
        "3×3 stem, 3 stages of " + perStage + " basic blocks, widths 16, 32, 64",
        List.of(),
        values ->
            channels ->
                ResNets.small(channels, 16, thrice(perStage), WIDTHS, Style.BASIC.subsampling()));
  }

  private static MethodSpec<ModelFactory> slim34() {
    return entry(
        "resnet34-slim",
        "ResNet-34 of small widths, as used by CRL's authors",
        CRL,
        "3×3 stem, stages of 3, 4, 6, 3 basic blocks, widths 16, 32, 64, 128",
        List.of(),
        values ->
            channels ->
                ResNets.small(
                    channels,
                    16,
                    new int[] {3, 4, 6, 3},
                    new int[] {16, 32, 64, 128},
                    Style.BASIC));
  }

  private static MethodSpec<ModelFactory> preActivation() {
    String name = "preact-resnet";
    return entry(
        name,
        "CIFAR-style ResNet that normalizes and activates before each convolution",
        "He, Zhang, Ren, Sun: Identity Mappings in Deep Residual Networks, ECCV 2016",
        "3×3 stem, 3 stages, widths 16, 32, 64; from depth 164 on, bottlenecks of four times that",
        List.of(Entry.whole("depth", "depth", 110, "6n + 2, or from 164 on 9n + 2, up to 1202")),
        values -> {
          int depth = Entry.whole(values, name, "depth", 8, 1202);
          boolean bottleneck = depth >= 164;
          int perBlock = bottleneck ? 9 : 6;
          requireForm(name, depth, 2, perBlock);
          return channels ->
              PreActivationResNets.build(channels, (depth - 2) / perBlock, WIDTHS, bottleneck, 0);
        });
  }

  private static MethodSpec<ModelFactory> wide() {
    String name = "wrn";
    return entry(
        name,
        "Wide residual network",
        "Zagoruyko, Komodakis: Wide Residual Networks, BMVC 2016",
        "3×3 stem, 3 stages of (depth − 4)/6 pre-activation blocks, widths 16k, 32k, 64k",
        List.of(
            Entry.whole("depth", "d", 28, "6n + 4, up to 1000"),
            Entry.whole("width", "k", 10, "a whole number from 1 to 32"),
            Entry.drop()),
        values -> {
          int depth = Entry.whole(values, name, "depth", 10, 1000);
          int width = Entry.whole(values, name, "width", 1, 32);
          double drop = Entry.rate(values, name, "drop");
          requireForm(name, depth, 4, 6);
          int[] widths = {16 * width, 32 * width, 64 * width};
          return channels ->
              PreActivationResNets.build(channels, (depth - 4) / 6, widths, false, drop);
        });
  }

  private static MethodSpec<ModelFactory> dense() {
    String name = "densenet-bc";
    return entry(
        name,
        "Densely connected network with bottlenecks and compression",
        "Huang, Liu, van der Maaten, Weinberger: Densely Connected Networks, CVPR 2017",
        "3×3 stem of 2k channels, 3 blocks of (depth − 4)/6 bottleneck layers, compression 0.5",
        List.of(
            Entry.whole("depth", "L", 100, "6n + 4, up to 1000"),
            Entry.whole("growth", "k", 12, "a whole number from 2 to 128")),
        values -> {
          int depth = Entry.whole(values, name, "depth", 10, 1000);
          int growth = Entry.whole(values, name, "growth", 2, 128);
          requireForm(name, depth, 4, 6);
          return channels -> DenseNets.small(channels, (depth - 4) / 6, growth);
        });
  }

  private static MethodSpec<ModelFactory> aggregated() {
    String name = "resnext";
    return entry(
        name,
        "CIFAR-style ResNeXt: bottlenecks whose 3×3 convolution has groups",
        "Xie, Girshick, Dollár, Tu, He: Aggregated Residual Transformations, CVPR 2017",
        "3×3 stem of 64 channels, 3 stages of (depth − 2)/9 bottlenecks, widths 256, 512, 1024",
        List.of(
            Entry.whole("depth", "depth", 29, "9n + 2, up to 1001"),
            Entry.whole("cardinality", "C", 8, "a whole number from 1 to 64"),
            Entry.whole("width", "d", 64, "a whole number from 1 to 256")),
        values -> {
          int depth = Entry.whole(values, name, "depth", 11, 1001);
          int cardinality = Entry.whole(values, name, "cardinality", 1, 64);
          int width = Entry.whole(values, name, "width", 1, 256);
          requireForm(name, depth, 2, 9);
          Style style = Style.BOTTLENECK.grouped(cardinality, cardinality * width / 64.0);
          return channels ->
              ResNets.small(channels, 64, thrice((depth - 2) / 9), new int[] {64, 128, 256}, style);
        });
  }

  private static MethodSpec<ModelFactory> excited() {
    String name = "se-resnet";
    return entry(
        name,
        "CIFAR-style ResNet with squeeze-and-excitation",
        "Hu, Shen, Sun: Squeeze-and-Excitation Networks, CVPR 2018",
        "3×3 stem, 3 stages of (depth − 2)/6 basic blocks, widths 16, 32, 64, reduction 16",
        List.of(Entry.whole("depth", "depth", 20, "6n + 2, up to 1202")),
        values -> {
          int depth = Entry.whole(values, name, "depth", 8, 1202);
          requireForm(name, depth, 2, 6);
          return channels ->
              ResNets.small(channels, 16, thrice((depth - 2) / 6), WIDTHS, Style.BASIC.excited(16));
        });
  }

  private static MethodSpec<ModelFactory> entry(
      String name,
      String summary,
      String paper,
      String structure,
      List<Parameter> parameters,
      Function<Map<String, Double>, ModelFactory> factory) {
    return Entry.entry(
        name, summary, "For images of 32 pixels or so.", paper, structure, parameters, factory);
  }

  private static int[] thrice(int blocks) {
    return new int[] {blocks, blocks, blocks};
  }

  private static void requireForm(String name, int depth, int rest, int perBlock) {
    Check.that(
        depth % perBlock == rest % perBlock,
        name + "'s depth",
        depth,
        "must be " + perBlock + "n + " + rest + ", such as " + nearest(depth, rest, perBlock));
  }

  private static int nearest(int depth, int rest, int perBlock) {
    return Math.max(1, Math.round((depth - rest) / (float) perBlock)) * perBlock + rest;
  }
}
