package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {
  private static Architecture architecture(String spec, int channels) {
    return Models.CATALOGUE.create(Spec.parse(spec)).build(channels);
  }

  private static List<LayerCost> costs(String spec, int channels, int side) {
    return architecture(spec, channels).costs(new Shape.Grid(channels, side, side));
  }

  static List<String> names() {
    return Models.CATALOGUE.all().stream().map(MethodSpec::name).toList();
  }

  /** Counts with a linear layer, as papers and their code give them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "resnet20; 10; 269722",
        "resnet32; 10; 464154",
        "resnet56; 10; 853018",
        "resnet34-slim; 100; 1346228",
        "preact-resnet(depth=164); 10; 1703258",
        "wrn(depth=28,width=10); 10; 36479194",
        "densenet-bc(depth=100,growth=12); 10; 769162",
        "resnext(depth=29,cardinality=8,width=64); 10; 34426698"
      })
  void hasThePublishedNumberOfParameters(String spec, int classes, long expected) {
    Architecture architecture = architecture(spec, 3);
    long parameters = costs(spec, 3, 32).stream().mapToLong(LayerCost::parameters).sum();
    long linear = (long) classes * (architecture.featureCount() + 1);
    assertThat(parameters + linear).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "resnet8; 1; 8; 8",
        "resnet8; 3; 33; 17",
        "resnet34-slim; 1; 28; 28",
        "preact-resnet(depth=8); 1; 15; 16",
        "preact-resnet(depth=164); 1; 9; 8",
        "wrn(depth=10,width=1,drop=0.3); 3; 12; 9",
        "densenet-bc(depth=10,growth=4); 1; 17; 11",
        "resnext(depth=11,cardinality=2,width=4); 3; 13; 8",
        "se-resnet(depth=8); 1; 8; 15"
      })
  void takesImagesOfAnySizeAndOneOrThreeChannels(String spec, int channels, int height, int width) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Backbone backbone =
          new Backbone(architecture(spec, channels), new ParameterStore(0, new Device("cpu")));
      Tensor images =
          Tensors.ofFloats(new float[2 * channels * height * width], 2, channels, height, width);
      Tensor features = backbone.forward(images, Pass.EVALUATION);
      assertThat(features.size(0)).isEqualTo(2);
      assertThat(features.size(1)).isEqualTo(backbone.architecture().featureCount());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesEachTensorOnce(String name) {
    assertThat(architecture(name, 3).tensors())
        .extracting(tensor -> tensor.name())
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @Test
  void firstWeightsDependOnSeedAndNameAlone() {
    try (Scope scope = new Scope()) {
      float[] small = stemWeights("resnet8", 3);
      assertThat(stemWeights("resnet20", 3)).isEqualTo(small);
      assertThat(stemWeights("resnet8", 4)).isNotEqualTo(small);
    }
  }

  private static float[] stemWeights(String name, long seed) {
    ParameterStore store = new ParameterStore(seed, new Device("cpu"));
    Backbone backbone = new Backbone(architecture(name, 1), store);
    assertThat(backbone.architecture().featureCount()).isEqualTo(64);
    return Tensors.toFloats(Objects.requireNonNull(store.parameters().get("conv1.weight")));
  }

  @Test
  void namesTheKnownModelsWhereOneIsUnknown() {
    assertThatThrownBy(() -> Models.CATALOGUE.find("vgg16"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("resnet8, resnet20, resnet32, resnet56, resnet34-slim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wrn(depth=27); wrn's depth is 27, but it must be 6n + 4, such as 28",
        "preact-resnet(depth=21); preact-resnet's depth",
        "densenet-bc(growth=0); densenet-bc's growth",
        "resnext(width=1.5); resnext's width",
        "resnet18(drop=1); resnet18's drop",
        "resnet20(depth=3); resnet20 takes no parameters"
      })
  void refusesParametersOutsideTheirRange(String spec, String message) {
    assertThatThrownBy(() -> Models.CATALOGUE.create(Spec.parse(spec)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(message);
  }
}
