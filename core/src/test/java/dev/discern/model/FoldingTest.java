package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Folding;
import dev.discern.backbone.Pass;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On weights of the formula, whose running statistics and shifts are far from those of a start. */
class FoldingTest {
  private static final double TOLERANCE = 1e-4;

  static List<String> names() {
    return Models.CATALOGUE.all().stream().map(MethodSpec::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void computesTheSameFeatures(String name) {
    Architecture original = architecture(small(name));
    int side = original.imageSide() == 32 ? 16 : name.startsWith("vit") ? 224 : 64;
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Map<String, Tensor> tensors = formula(original);
      Folding folding = new Folding(original);
      Map<String, Tensor> folded = folding.tensors(tensors);
      Tensor images =
          Tensors.ofFloats(FormulaWeights.fill("input", 2, 3, side, side), 2, 3, side, side);
      float[] expected = features(original, tensors, images);
      float[] actual = features(folding.architecture(), folded, images);
      double largest =
          IntStream.range(0, expected.length)
              .mapToDouble(i -> Math.abs(expected[i]))
              .max()
              .orElse(0);
      assertThat(largest).isPositive();
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within((float) (TOLERANCE * largest)));
      }
    }
  }

  @Test
  void leavesNoNormalizationBehindAConvolution() {
    assertThat(norms("resnet50")).isZero();
    assertThat(norms("tf_efficientnet_lite0")).isZero();
    assertThat(norms("shufflenet_v2_x1_0")).isZero();
    // In nested sequences, too: of two in each of three blocks and one at the end, one each is
    // left.
    assertThat(norms("wrn(depth=10,width=1)")).isEqualTo(4);
    // Those before the activations and convolutions stay.
    assertThat(norms("preact-resnet(depth=8)")).isPositive();
  }

  @Test
  void leavesTheGivenTensorsAsTheyAre() {
    Architecture original = architecture("resnet8");
    try (Scope scope = new Scope()) {
      Map<String, Tensor> tensors = formula(original);
      Map<String, Tensor> before = new LinkedHashMap<>(tensors);
      float[] weight = stem(tensors);
      Map<String, Tensor> folded = new Folding(original).tensors(tensors);
      assertThat(tensors).isEqualTo(before);
      assertThat(stem(tensors)).isEqualTo(weight);
      assertThat(stem(folded)).isNotEqualTo(weight);
    }
  }

  @Test
  void computesTheSameInBf16WithWeightsConvertedForGood() {
    for (String name :
        List.of("resnet8", "mobilenetv3_small_100", "convnext_atto", "vit_tiny_patch16_224")) {
      Architecture architecture = architecture(name);
      ParameterStore store = ParameterStore.toBeLoaded(new Device("cpu"));
      Backbone backbone = new Backbone(architecture, store);
      try (Scope scope = new Scope();
          NoGradGuard noGrad = new NoGradGuard()) {
        store.load(formula(architecture), "the formula");
        Tensor images = Tensors.ofFloats(FormulaWeights.fill("input", 2, 3, 64, 64), 2, 3, 64, 64);
        float[] before = narrow(backbone, images);
        backbone.narrow();
        assertThat(narrow(backbone, images)).as(name).isEqualTo(before);
        store.parameters().entrySet().stream()
            .filter(each -> each.getKey().endsWith(".weight") && each.getValue().dim() > 1)
            .forEach(
                each ->
                    assertThat(each.getValue().scalar_type().intern())
                        .as(each.getKey())
                        .isEqualTo(ScalarType.BFloat16));
      }
    }
  }

  private static float[] stem(Map<String, Tensor> tensors) {
    return Tensors.toFloats(Objects.requireNonNull(tensors.get("conv1.weight")));
  }

  private static float[] narrow(Backbone backbone, Tensor images) {
    return Tensors.toFloats(
        Precision.BF16.run(DeviceType.CPU, () -> backbone.forward(images, Pass.EVALUATION)));
  }

  private static long norms(String name) {
    return new Folding(architecture(name))
        .architecture().leaves().stream().filter(BatchNorm.class::isInstance).count();
  }

  // The parameters make the largest of the small networks small enough for a test.
  private static String small(String name) {
    return switch (name) {
      case "preact-resnet" -> "preact-resnet(depth=8)";
      case "wrn" -> "wrn(depth=10,width=1)";
      case "densenet-bc" -> "densenet-bc(depth=10,growth=4)";
      case "resnext" -> "resnext(depth=11,cardinality=2,width=4)";
      default -> name;
    };
  }

  private static Architecture architecture(String name) {
    return Models.CATALOGUE.create(Spec.parse(name)).build(3);
  }

  private static Map<String, Tensor> formula(Architecture architecture) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : architecture.tensors()) {
      tensors.put(
          spec.name(),
          Tensors.ofFloats(FormulaWeights.fill(spec.name(), spec.sides()), spec.sides()));
    }
    return tensors;
  }

  private static float[] features(
      Architecture architecture, Map<String, Tensor> tensors, Tensor images) {
    ParameterStore store = ParameterStore.toBeLoaded(new Device("cpu"));
    Backbone backbone = new Backbone(architecture, store);
    store.load(tensors, "the formula");
    float[] features = Tensors.toFloats(backbone.forward(images, Pass.EVALUATION));
    store.state().values().forEach(Tensor::close);
    return features;
  }
}
