package dev.discern.model;

import dev.discern.config.MethodSpec;
import java.util.Arrays;
import java.util.List;

/** ConvNeXt and vision transformers. */
final class ModernModels {
  private static final String LIU =
      "Liu, Mao, Wu, Feichtenhofer, Darrell, Xie: A ConvNet for the 2020s, CVPR 2022";
  private static final String WIGHTMAN = " (timm's size)";
  private static final String VIT =
      "Dosovitskiy et al.: An Image Is Worth 16×16 Words, ICLR 2021; Steiner et al., 2021";

  private ModernModels() {}

  static List<MethodSpec<ModelFactory>> all() {
    return List.of(
        convnext("atto", LIU + WIGHTMAN, new int[] {2, 2, 6, 2}, 40),
        convnext("femto", LIU + WIGHTMAN, new int[] {2, 2, 6, 2}, 48),
        convnext("pico", LIU + WIGHTMAN, new int[] {2, 2, 6, 2}, 64),
        convnext("nano", LIU + WIGHTMAN, new int[] {2, 2, 8, 2}, 80),
        convnext("tiny", LIU, new int[] {3, 3, 9, 3}, 96),
        transformer("vit_tiny_patch16_224", 192, 3),
        transformer("vit_small_patch16_224", 384, 6));
  }

  private static MethodSpec<ModelFactory> convnext(
      String size, String paper, int[] depths, int width) {
    int[] widths = {width, 2 * width, 4 * width, 8 * width};
    return Entry.photo(
        "convnext_" + size,
        "ConvNeXt, " + size,
        paper,
        "4×4 patches, stages of "
            + String.join(", ", Arrays.stream(depths).mapToObj(Integer::toString).toList())
            + " blocks, widths from "
            + width,
        (channels, drop, dropPath) ->
            ConvNeXts.build(channels, depths, widths, !size.equals("tiny"), drop, dropPath));
  }

  private static MethodSpec<ModelFactory> transformer(String name, int width, int heads) {
    return Entry.photo(
        name,
        "Vision transformer",
        VIT,
        "16×16 patches, 12 blocks of " + heads + " heads, width " + width,
        (channels, drop, dropPath) ->
            VisionTransformers.build(channels, width, heads, drop, dropPath));
  }
}
