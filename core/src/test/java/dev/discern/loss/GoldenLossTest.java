package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Losses and gradients that PyTorch computed; the file's header says how. */
class GoldenLossTest {
  private static final JsonNode CASES = read("/golden/losses/losses.json").get("cases");

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() {
    return cases().map(c -> DynamicTest.dynamicTest(c.get("name").asString(), () -> check(c)));
  }

  @Test
  void coversEveryLossOfTheCatalogue() {
    Set<String> covered = cases().map(c -> c.get("loss").asString()).collect(Collectors.toSet());
    Set<String> wanted =
        Losses.CATALOGUE.all().stream().map(MethodSpec::name).collect(Collectors.toSet());
    wanted.add("seesaw"); // needs class counts, and so is made by its head
    assertThat(covered).isEqualTo(wanted);
  }

  private static void check(JsonNode golden) {
    try (Scope scope = new Scope()) {
      Loss loss = loss(golden);
      Tensor logits = matrix(golden.get("logits"));
      compare(
          golden, LossProbe.run(loss, logits, targets(golden, logits.size(1))), tolerance(golden));
      Tensor single = logits.to(ScalarType.Float);
      // Rounding to float32 moves a logit of 90 by up to 4e-6, and factors of up to 6 multiply it.
      compare(golden, LossProbe.run(loss, single, targets(golden, logits.size(1))), within(5e-5));
    }
  }

  private static Loss loss(JsonNode golden) {
    String name = golden.get("loss").asString();
    Map<String, Double> parameters = parameters(golden);
    return name.equals("seesaw")
        ? new Seesaw(
            Objects.requireNonNull(parameters.get("p")),
            Objects.requireNonNull(parameters.get("q")),
            elements(golden.get("classCounts")).map(JsonNode::asLong).toList())
        : Losses.CATALOGUE.create(new Spec(name, parameters));
  }

  private static void compare(JsonNode golden, Result result, Offset<Double> tolerance) {
    assertThat(result.losses()).containsExactly(doubles(golden.get("expectedLoss")), tolerance);
    double[] gradient =
        elements(golden.get("expectedGradient"))
            .flatMapToDouble(row -> Arrays.stream(doubles(row)))
            .toArray();
    assertThat(result.gradient()).containsExactly(gradient, tolerance);
  }

  // Smoothed targets are float32, off by up to 3e-8; losses here reach 150.
  private static Offset<Double> tolerance(JsonNode golden) {
    return within(golden.has("labelSmoothing") ? 1e-5 : 1e-11);
  }

  private static Targets targets(JsonNode golden, long classCount) {
    Tensor weights = vector(golden.get("classWeights"));
    if (golden.has("distribution")) {
      return new Targets.Distribution(matrix(golden.get("distribution")), weights);
    }
    if (golden.has("labels")) {
      return new Targets.MultiHot(matrix(golden.get("labels")), weights);
    }
    int[] indices = elements(golden.get("classes")).mapToInt(JsonNode::asInt).toArray();
    Targets.Classes classes = new Targets.Classes(Tensors.ofClasses(indices), weights);
    return golden.has("labelSmoothing")
        ? classes.smoothed(golden.get("labelSmoothing").asDouble(), classCount)
        : classes;
  }

  private static Map<String, Double> parameters(JsonNode golden) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : golden.get("parameters").properties()) {
      parameters.put(entry.getKey(), entry.getValue().asDouble());
    }
    return parameters;
  }

  private static Stream<JsonNode> cases() {
    return elements(CASES);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static double[] doubles(JsonNode array) {
    return elements(array).mapToDouble(JsonNode::asDouble).toArray();
  }

  private static @Nullable Tensor vector(@Nullable JsonNode array) {
    return array == null ? null : LossProbe.vector(doubles(array));
  }

  private static Tensor matrix(JsonNode rows) {
    return LossProbe.matrix(elements(rows).map(GoldenLossTest::doubles).toArray(double[][]::new));
  }

  private static JsonNode read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenLossTest.class.getResourceAsStream(resource), resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
