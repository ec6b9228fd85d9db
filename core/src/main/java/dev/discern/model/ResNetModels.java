package dev.discern.model;

import dev.discern.config.MethodSpec;
import dev.discern.model.ResNets.Style;
import java.util.Arrays;
import java.util.List;

/** Residual and densely connected networks for photographs. */
final class ResNetModels {
  private static final String HE = "He, Zhang, Ren, Sun: Deep Residual Learning, CVPR 2016";
  private static final int[] FIFTY = {3, 4, 6, 3};

  private ResNetModels() {}

  static List<MethodSpec<ModelFactory>> all() {
    return List.of(
        resnet("resnet18", "ResNet-18", new int[] {2, 2, 2, 2}, Style.BASIC, HE, "basic blocks"),
        resnet("resnet34", "ResNet-34", FIFTY, Style.BASIC, HE, "basic blocks"),
        resnet("resnet50", "ResNet-50", FIFTY, Style.BOTTLENECK, HE, "bottlenecks"),
        resnet(
            "resnet101",
            "ResNet-101",
            new int[] {3, 4, 23, 3},
            Style.BOTTLENECK,
            HE,
            "bottlenecks"),
        resnet(
            "resnext50_32x4d",
            "ResNeXt-50",
            FIFTY,
            Style.BOTTLENECK.grouped(32, 2),
            "Xie, Girshick, Dollár, Tu, He: Aggregated Residual Transformations, CVPR 2017",
            "bottlenecks of 32 groups"),
        resnet(
            "wide_resnet50_2",
            "Wide ResNet-50",
            FIFTY,
            Style.BOTTLENECK.grouped(1, 2),
            "Zagoruyko, Komodakis: Wide Residual Networks, BMVC 2016",
            "bottlenecks of twice the middle width"),
        resnet(
            "seresnet50",
            "SE-ResNet-50",
            FIFTY,
            Style.BOTTLENECK.excited(16),
            "Hu, Shen, Sun: Squeeze-and-Excitation Networks, CVPR 2018",
            "bottlenecks with squeeze-and-excitation"),
        dense());
  }

  private static MethodSpec<ModelFactory> resnet(
      String name, String summary, int[] depths, Style style, String paper, String blocks) {
    return Entry.photo(
        name,
        summary,
        paper,
        "7×7 stem, stages of "
            + String.join(", ", Arrays.stream(depths).mapToObj(Integer::toString).toList())
            + " "
            + blocks,
        (channels, drop, dropPath) -> ResNets.large(channels, depths, style, drop, dropPath));
  }

  private static MethodSpec<ModelFactory> dense() {
    return Entry.plainPhoto(
        "densenet121",
        "DenseNet-121",
        "Huang, Liu, van der Maaten, Weinberger: Densely Connected Networks, CVPR 2017",
        "7×7 stem, blocks of 6, 12, 24, 16 layers of growth 32",
        (channels, drop) -> DenseNets.large(channels, new int[] {6, 12, 24, 16}, 32, drop));
  }
}
