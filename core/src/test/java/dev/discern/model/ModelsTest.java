package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
  /** Counts with a linear layer, as papers and their code give them. */
  @ParameterizedTest
  @CsvSource({
    "resnet20, 3, 10, 269722",
    "resnet32, 3, 10, 464154",
    "resnet56, 3, 10, 853018",
    "resnet34-slim, 3, 100, 1346228"
  })
  void hasThePublishedNumberOfParameters(String name, int channels, int classes, long expected) {
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(0, new Device("cpu"));
      Backbone backbone = Models.find(name).factory().build(store, channels);
      long linear = (long) classes * (backbone.featureCount() + 1);
      assertThat(store.parameterCount() + linear).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"resnet8, 1, 8, 8", "resnet8, 3, 33, 17", "resnet34-slim, 1, 28, 28"})
  void takesImagesOfAnySizeAndOneOrThreeChannels(String name, int channels, int height, int width) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      ParameterStore store = new ParameterStore(0, new Device("cpu"));
      Backbone backbone = Models.find(name).factory().build(store, channels);
      Tensor images =
          Tensors.ofFloats(new float[2 * channels * height * width], 2, channels, height, width);
      Tensor map = backbone.forward(images, false);
      assertThat(map.size(0)).isEqualTo(2);
      assertThat(map.size(1)).isEqualTo(backbone.featureCount());
    }
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
    Backbone backbone = Models.find(name).factory().build(store, 1);
    assertThat(backbone.featureCount()).isEqualTo(64);
    return Tensors.toFloats(Objects.requireNonNull(store.parameters().get("conv1.weight")));
  }

  @Test
  void namesTheKnownModelsWhereOneIsUnknown() {
    assertThatThrownBy(() -> Models.find("vgg16"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("resnet8, resnet20, resnet32, resnet56, resnet34-slim");
  }
}
