package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.torch.Dtype;
import dev.discern.torch.Scope;
import dev.discern.torch.TensorInfo;
import dev.discern.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GoldenWeightsTest {
  static List<String> files() {
    return GoldenWeights.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatPythonWrote(String name) {
    JsonNode expected = GoldenWeights.expected(name);
    Path file = GoldenWeights.FOLDER.resolve(name);
    try (Scope scope = new Scope()) {
      StateDict read = StateDict.read(file);
      assertThat(read.tensors().keySet())
          .containsExactlyElementsOf(infos(expected).stream().map(TensorInfo::name).toList());
      for (JsonNode tensor : expected.path("tensors")) {
        String key = tensor.path("name").asString();
        Tensor actual = Objects.requireNonNull(read.tensors().get(key));
        double[] values =
            tensor.path("values").valueStream().mapToDouble(JsonNode::asDouble).toArray();
        assertThat(actual.is_contiguous()).isTrue();
        assertThat(Tensors.toDoubles(actual)).as(key).containsExactly(values);
        assertThat(Dtype.of(actual.scalar_type()).orElseThrow().name())
            .isEqualTo(tensor.path("dtype").asString());
      }
      assertThat(read.listing()).isEqualTo(StateDict.list(file));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void listsWithoutReading(String name) {
    JsonNode expected = GoldenWeights.expected(name);
    Listing listing = StateDict.list(GoldenWeights.FOLDER.resolve(name));
    assertThat(listing.format().name()).isEqualTo(expected.path("format").asString());
    assertThat(listing.tensors()).containsExactlyElementsOf(infos(expected));
    Map<String, String> metadata = new LinkedHashMap<>();
    expected
        .path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asString()));
    assertThat(listing.metadata()).isEqualTo(metadata);
    assertThat(listing.path())
        .isEqualTo(expected.path("path").valueStream().map(JsonNode::asString).toList());
  }

  @Test
  void tensorsThatShareAStorageHaveMemoryOfTheirOwn() {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> tensors =
          StateDict.read(GoldenWeights.FOLDER.resolve("state.zip.pt")).tensors();
      Tensor whole = Objects.requireNonNull(tensors.get("shared.whole"));
      whole.zero_();
      assertThat(Tensors.toFloats(Objects.requireNonNull(tensors.get("shared.first"))))
          .containsExactly(-1, -.875f, -.75f, -.625f);
    }
  }

  private static List<TensorInfo> infos(JsonNode expected) {
    List<TensorInfo> infos = new ArrayList<>();
    for (JsonNode tensor : expected.path("tensors")) {
      infos.add(
          new TensorInfo(
              tensor.path("name").asString(),
              Dtype.valueOf(tensor.path("dtype").asString()),
              tensor.path("shape").valueStream().map(JsonNode::asLong).toList()));
    }
    return infos;
  }
}
