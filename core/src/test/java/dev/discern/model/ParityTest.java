package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the networks for photographs to timm's and torchvision's: names and shapes of tensors,
 * parameters, multiply-adds, logits, and gradients of one member per family. Weights and images
 * follow from a formula; tools/golden/models.py made the expected values.
 */
class ParityTest {
  private static final double LOGITS = 1e-4;
  private static final double GRADIENTS = 1e-5;
  private static final int CLASSES = 10;

  static Stream<String> photoModels() {
    return Models.CATALOGUE.all().stream()
        .map(spec -> spec.name())
        .filter(name -> ParityTest.class.getResource(file(name)) != null);
  }

  // An epsilon of 1e-5 in place of 1e-6 moves these logits by as little as 2e-5.
  private static double tolerance(String name) {
    return name.startsWith("convnext") || name.startsWith("vit") ? LOGITS / 10 : LOGITS;
  }

  static Stream<String> trainedModels() {
    return photoModels().filter(name -> golden(name).has("training"));
  }

  @ParameterizedTest
  @MethodSource("photoModels")
  void hasTheTensorsOfTheOriginal(String name) {
    JsonNode golden = golden(name);
    Map<String, List<Long>> expected = new TreeMap<>();
    collect("", golden.path("tensors"), expected);
    Architecture architecture = architecture(name);
    Map<String, List<Long>> own = new TreeMap<>();
    architecture.tensors().forEach(tensor -> own.put(tensor.name(), tensor.shape()));
    String classifier = architecture.classifier();
    own.put(classifier + ".weight", List.of((long) CLASSES, (long) architecture.featureCount()));
    own.put(classifier + ".bias", List.of((long) CLASSES));
    assertThat(own).isEqualTo(expected);
    assertThat(classifier).isEqualTo(golden.path("classifier").stringValue());
  }

  @ParameterizedTest
  @MethodSource("photoModels")
  void costsWhatTheOriginalCosts(String name) {
    JsonNode golden = golden(name);
    Architecture architecture = architecture(name);
    int side = golden.path("defaults").path("imageSize").intValue();
    assertThat(architecture.imageSide()).isEqualTo(side);
    List<LayerCost> costs = architecture.costs(new Shape.Grid(3, side, side));
    long linear = (long) CLASSES * architecture.featureCount();
    assertThat(costs.stream().mapToLong(LayerCost::parameters).sum() + linear + CLASSES)
        .isEqualTo(golden.path("parameters").longValue());
    assertThat(costs.stream().mapToLong(LayerCost::multiplyAdds).sum() + linear)
        .isEqualTo(golden.path("macs").longValue());
  }

  @ParameterizedTest
  @MethodSource("photoModels")
  void computesTheLogitsOfTheOriginal(String name) throws IOException {
    double largest = 0;
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard();
        Built built = Built.of(name)) {
      for (JsonNode each : golden(name).path("cases")) {
        float[] logits =
            Tensors.toFloats(built.logits(formula("input", each.path("input")), Pass.EVALUATION));
        largest = Math.max(largest, requireClose(logits, each.path("logits"), tolerance(name)));
      }
    }
    // docs/models.md lists these figures.
    Path figures = Files.createDirectories(Path.of("target/parity"));
    Files.writeString(figures.resolve(name), String.format(Locale.ROOT, "%.1e%n", largest));
  }

  @ParameterizedTest
  @MethodSource("trainedModels")
  void computesTheGradientsOfTheOriginal(String name) {
    JsonNode training = golden(name).path("training");
    try (Scope scope = new Scope();
        Built built = Built.of(name)) {
      built.widen();
      Tensor images = formula("input", training.path("input")).to(ScalarType.Double);
      Tensor logits = built.logits(images, Pass.training(0, 0, 0));
      double unused = requireClose(Tensors.toFloats(logits), training.path("logits"), LOGITS);
      logits.mul(formula("cotangent", new long[] {logits.size(0), CLASSES})).sum().backward();
      int parameter = 0;
      for (String each : parameters(golden(name))) {
        requireGradient(each, built, training.path("gradients").path(parameter++));
      }
      assertThat(training.path("gradients")).hasSize(parameter);
      training
          .path("running")
          .properties()
          .forEach(each -> requireStatistics(each.getKey(), built, each.getValue()));
    }
  }

  // In the order of the original, which is that of its constructors.
  private static List<String> parameters(JsonNode golden) {
    Map<String, List<Long>> tensors = new LinkedHashMap<>();
    collect("", golden.path("tensors"), tensors);
    return tensors.keySet().stream().filter(name -> !name.contains(".running_")).toList();
  }

  // The expected values: the sum, the sum of magnitudes, the first value and the second.
  private static void requireGradient(String name, Built built, JsonNode expected) {
    double[] gradient =
        Tensors.toDoubles(built.tensor(name).grad().to(ScalarType.Double).flatten());
    double sum = Arrays.stream(gradient).sum();
    double magnitude = Arrays.stream(gradient).map(Math::abs).sum();
    double whole = expected.path(1).doubleValue();
    Offset<Double> tolerance = within(GRADIENTS * whole + 1e-7);
    assertThat(magnitude).as("magnitude of " + name).isCloseTo(whole, tolerance);
    assertThat(sum).as("sum of " + name).isCloseTo(expected.path(0).doubleValue(), tolerance);
    double typical = whole / gradient.length;
    for (int i = 0; i < Math.min(2, gradient.length); i++) {
      double first = expected.path(2 + i).doubleValue();
      assertThat(gradient[i])
          .as("value %d of %s", i, name)
          .isCloseTo(first, within(GRADIENTS * (Math.abs(first) + typical) * 10 + 1e-6));
    }
  }

  // The expected values: the sum, the first value and the second.
  private static void requireStatistics(String name, Built built, JsonNode expected) {
    double[] statistics = Tensors.toDoubles(built.tensor(name).to(ScalarType.Double));
    double[] summary = {Arrays.stream(statistics).sum(), statistics[0], statistics[1]};
    for (int i = 0; i < summary.length; i++) {
      double value = expected.path(i).doubleValue();
      assertThat(summary[i])
          .as("figure %d of %s", i, name)
          .isCloseTo(value, within(1e-5 * (1 + Math.abs(value))));
    }
  }

  /** Compares values, and returns the largest difference. */
  private static double requireClose(float[] actual, JsonNode expected, double tolerance) {
    double largest = 0;
    int i = 0;
    for (JsonNode row : expected) {
      for (JsonNode value : row.isArray() ? row : JsonMapper.shared().createArrayNode().add(row)) {
        assertThat(actual[i])
            .as("value %d", i)
            .isCloseTo((float) value.doubleValue(), within((float) tolerance));
        largest = Math.max(largest, Math.abs(actual[i] - value.doubleValue()));
        i++;
      }
    }
    assertThat(actual).hasSize(i);
    return largest;
  }

  /** A backbone with its classifier. */
  private record Built(Backbone backbone, Map<String, Tensor> state, Tensor weight, Tensor bias)
      implements AutoCloseable {
    // The store's tensors outlive scopes, and here there are some 400 million values of them.
    @Override
    public void close() {
      state.values().forEach(Tensor::close);
    }

    static Built of(String name) {
      ParameterStore store = ParameterStore.toBeLoaded(new Device("cpu"));
      Architecture architecture = architecture(name);
      Backbone backbone = new Backbone(architecture, store);
      Map<String, Tensor> values = new LinkedHashMap<>();
      for (TensorSpec tensor : architecture.tensors()) {
        values.put(tensor.name(), formula(tensor.name(), tensor.sides()));
      }
      store.load(values, "the formula");
      String classifier = architecture.classifier();
      Tensor weight =
          formula(classifier + ".weight", new long[] {CLASSES, architecture.featureCount()});
      Tensor bias = formula(classifier + ".bias", new long[] {CLASSES});
      weight.set_requires_grad(true);
      bias.set_requires_grad(true);
      Map<String, Tensor> state = new LinkedHashMap<>(store.state());
      state.put(classifier + ".weight", weight);
      state.put(classifier + ".bias", bias);
      return new Built(backbone, state, weight, bias);
    }

    // In float32, rounding decides on which side of a ReLU's kink a few activations lie, and the
    // gradients of what a normalization removes are noise.
    void widen() {
      try (NoGradGuard noGrad = new NoGradGuard()) {
        state.values().forEach(t -> t.__dispatch_set_data(t.to(ScalarType.Double)));
      }
    }

    Tensor logits(Tensor images, Pass pass) {
      Tensor features = backbone.forward(Precision.channelsLast(images), pass);
      return torch.linear(features, weight, new TensorOptional(bias));
    }

    Tensor tensor(String name) {
      return Objects.requireNonNull(state.get(name), name);
    }
  }

  private static Tensor formula(String name, JsonNode shape) {
    long[] sides = new long[shape.size()];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = shape.path(i).longValue();
    }
    return formula(name, sides);
  }

  private static Tensor formula(String name, long[] shape) {
    return Tensors.ofFloats(FormulaWeights.fill(name, shape), shape);
  }

  private static Architecture architecture(String name) {
    return Models.CATALOGUE.create(Spec.parse(name)).build(3);
  }

  private static void collect(String prefix, JsonNode node, Map<String, List<Long>> into) {
    if (node.isArray()) {
      into.put(prefix, node.valueStream().map(JsonNode::longValue).toList());
      return;
    }
    String before = prefix.isEmpty() ? "" : prefix + ".";
    node.properties().forEach(each -> collect(before + each.getKey(), each.getValue(), into));
  }

  private static String file(String name) {
    return "/golden/models/" + name + ".json";
  }

  private static JsonNode golden(String name) {
    try (InputStream in =
        Objects.requireNonNull(ParityTest.class.getResourceAsStream(file(name)))) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
