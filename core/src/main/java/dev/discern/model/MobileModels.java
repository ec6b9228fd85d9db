package dev.discern.model;

import dev.discern.config.MethodSpec;
import dev.discern.model.EfficientNets.Size;
import java.util.List;

/** Networks for photographs that need few operations. */
final class MobileModels {
  private static final String LITE =
      "Liu: Higher accuracy on vision models with EfficientNet-Lite, 2020, after Tan and Le";
  private static final String INVERTED = "3×3 stem, 7 stages of inverted residual blocks";

  private MobileModels() {}

  static List<MethodSpec<ModelFactory>> all() {
    return List.of(
        Entry.photo(
            "mobilenetv2_100",
            "MobileNetV2",
            "Sandler, Howard, Zhu, Zhmoginov, Chen: MobileNetV2, CVPR 2018",
            INVERTED + ", ReLU6",
            EfficientNets::mobileNetV2),
        Entry.photo(
            "mobilenetv3_small_100",
            "MobileNetV3, small",
            "Howard et al.: Searching for MobileNetV3, ICCV 2019",
            "3×3 stem, 5 stages of inverted residual blocks, hard swish",
            MobileNetV3s::small),
        Entry.photo(
            "mobilenetv3_large_100",
            "MobileNetV3, large",
            "Howard et al.: Searching for MobileNetV3, ICCV 2019",
            "3×3 stem, 6 stages of inverted residual blocks, hard swish",
            MobileNetV3s::large),
        Entry.photo(
            "efficientnet_b0",
            "EfficientNet-B0",
            "Tan, Le: EfficientNet, ICML 2019",
            INVERTED + ", squeeze-and-excitation, SiLU",
            EfficientNets::b0),
        lite("efficientnet_lite0", Size.B0, false),
        lite("tf_efficientnet_lite0", Size.B0, true),
        lite("tf_efficientnet_lite1", new Size(1, 1.1, 240), true),
        lite("tf_efficientnet_lite2", new Size(1.1, 1.2, 260), true),
        lite("tf_efficientnet_lite3", new Size(1.2, 1.4, 300), true),
        lite("tf_efficientnet_lite4", new Size(1.4, 1.8, 380), true),
        Entry.plainPhoto(
            "shufflenet_v2_x1_0",
            "ShuffleNet V2",
            "Ma, Zhang, Zheng, Sun: ShuffleNet V2, ECCV 2018",
            "3×3 stem, stages of 4, 8, 4 blocks that split and shuffle channels",
            (channels, drop) ->
                ShuffleNets.v2(channels, new int[] {4, 8, 4}, new int[] {116, 232, 464}, drop)));
  }

  private static MethodSpec<ModelFactory> lite(String name, Size size, boolean tensorFlow) {
    return Entry.photo(
        name,
        "EfficientNet-Lite"
            + name.charAt(name.length() - 1)
            + (tensorFlow ? ", padded as TensorFlow does" : ""),
        LITE,
        INVERTED + ", ReLU6",
        (channels, drop, dropPath) ->
            EfficientNets.lite(channels, size, tensorFlow, drop, dropPath));
  }
}
