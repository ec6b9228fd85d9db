package dev.discern.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.TensorSpec;
import dev.discern.model.FormulaWeights;
import dev.discern.model.Models;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Heat maps are pytorch-grad-cam's, of one network per family. Weights and images follow from a
 * formula; tools/golden/gradcam.py made the expected values.
 */
class GradCamTest {
  private static final int CLASSES = 10;

  static List<JsonNode> cases() throws IOException {
    try (InputStream in = GradCamTest.class.getResourceAsStream("/golden/gradcam.json")) {
      return JsonMapper.shared()
          .readTree(Objects.requireNonNull(in))
          .path("cases")
          .valueStream()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsTheMapsOfTheOriginal(JsonNode golden) {
    ParameterStore store = ParameterStore.toBeLoaded(new Device("cpu"));
    try (Scope scope = new Scope()) {
      Backbone backbone = backbone(golden.path("model").asString(), store);
      Tensor map = map(backbone, golden.path("input"));
      map.set_requires_grad(true);
      Tensor logits = logits(backbone, map);
      for (JsonNode expected : golden.path("heats")) {
        int label = expected.path("class").asInt();
        requireClose(GradCam.of(map, logits.select(1, label).sum()), expected);
      }
    } finally {
      store.state().values().forEach(Tensor::close);
    }
  }

  private static void requireClose(HeatMap heat, JsonNode expected) {
    assertThat(heat.height()).isEqualTo(expected.path("height").asInt());
    assertThat(heat.width()).isEqualTo(expected.path("width").asInt());
    float[] raw = heat.values();
    float[] scaled = betweenExtremes(raw);
    assertThat(raw).hasSize(expected.path("raw").size());
    for (int i = 0; i < raw.length; i++) {
      assertThat((double) raw[i])
          .as("value %d", i)
          .isCloseTo(expected.path("raw").path(i).asDouble(), within(1e-5));
      assertThat((double) scaled[i])
          .as("scaled value %d", i)
          .isCloseTo(expected.path("scaled").path(i).asDouble(), within(1e-4));
    }
  }

  // pytorch-grad-cam also moves the smallest value to 0, which the paper does not.
  private static float[] betweenExtremes(float[] values) {
    float low = Float.MAX_VALUE;
    float high = 0;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length && high > low; i++) {
      scaled[i] = (values[i] - low) / (high - low);
    }
    return scaled;
  }

  private static Backbone backbone(String name, ParameterStore store) {
    Architecture architecture = Models.CATALOGUE.create(Spec.parse(name)).build(3);
    Backbone backbone = new Backbone(architecture, store);
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (TensorSpec tensor : architecture.tensors()) {
      values.put(tensor.name(), formula(tensor.name(), tensor.sides()));
    }
    store.load(values, "the formula");
    return backbone;
  }

  private static Tensor map(Backbone backbone, JsonNode shape) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      long[] sides = shape.valueStream().mapToLong(JsonNode::asLong).toArray();
      return backbone.map(Precision.channelsLast(formula("input", sides)), Pass.EVALUATION);
    }
  }

  private static Tensor logits(Backbone backbone, Tensor map) {
    Architecture architecture = backbone.architecture();
    String classifier = architecture.classifier();
    return torch.linear(
        backbone.pool(map, Pass.EVALUATION),
        formula(classifier + ".weight", CLASSES, architecture.featureCount()),
        new TensorOptional(formula(classifier + ".bias", CLASSES)));
  }

  private static Tensor formula(String name, long... shape) {
    return Tensors.ofFloats(FormulaWeights.fill(name, shape), shape);
  }
}
