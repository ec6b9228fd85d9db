package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.head.BuiltHead.Step;
import dev.discern.loss.Losses;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Losses, terms and gradients that PyTorch computed; the file's header says how. */
class GoldenHeadTest {
  // Heads run in float32, with squared cosines and polynomials of degree four on the way.
  private static final Offset<Double> TOLERANCE = within(3e-5);

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() throws IOException {
    return cases()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    spec(golden) + " " + golden.get("classWeights"), () -> check(golden)));
  }

  @Test
  void coversEveryHeadOfTheCatalogue() throws IOException {
    Set<String> wanted =
        Methods.CATALOGUE.all().stream().map(MethodSpec::name).collect(Collectors.toSet());
    wanted.removeAll(Losses.CATALOGUE.all().stream().map(MethodSpec::name).toList());
    wanted.remove("seesaw"); // a loss on logits, and golden as such
    assertThat(cases().map(golden -> golden.get("head").asString()).collect(Collectors.toSet()))
        .isEqualTo(wanted);
  }

  private static Stream<JsonNode> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenHeadTest.class.getResourceAsStream("/golden/heads.json"))) {
      return elements(JsonMapper.shared().readTree(in).get("cases"));
    }
  }

  private static void check(JsonNode golden) {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of(spec(golden).toString());
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      golden
          .get("tensors")
          .properties()
          .forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getValue())));
      assertThat(built.parameters().keySet()).isEqualTo(tensors.keySet());
      built.load(tensors);
      Tensor x = tensor(golden.get("x"));
      Step step = built.step(x, targets(golden));
      assertThat(values(step.loss().logits()))
          .containsExactly(flat(golden.get("logits")), TOLERANCE);
      assertThat(values(built.head().logits(BuiltHead.features(x))))
          .as("prediction knows no margin")
          .containsExactly(flat(golden.get("logits")), TOLERANCE);
      assertThat(values(step.loss().perSample()))
          .containsExactly(flat(golden.get("perSample")), TOLERANCE);
      assertThat(step.loss().batchTerms()).hasSameSizeAs(golden.get("terms").properties());
      step.loss()
          .batchTerms()
          .forEach(
              (name, term) ->
                  assertThat(term.item_double())
                      .isCloseTo(golden.get("terms").get(name).asDouble(), TOLERANCE));
      golden
          .get("gradients")
          .properties()
          .forEach(
              entry ->
                  assertThat(step.gradient(entry.getKey()))
                      .as(entry.getKey())
                      .containsExactly(flat(entry.getValue()), TOLERANCE));
    }
  }

  private static Targets targets(JsonNode golden) {
    Tensor weights = tensor(golden.get("classWeights"));
    if (golden.has("labels")) {
      return new Targets.MultiHot(tensor(golden.get("labels")), weights);
    }
    int[] classes = elements(golden.get("classes")).mapToInt(JsonNode::asInt).toArray();
    return new Targets.Classes(Tensors.ofClasses(classes), weights);
  }

  private static Spec spec(JsonNode golden) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    golden
        .get("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asDouble()));
    return new Spec(golden.get("head").asString(), parameters);
  }

  private static double[] values(Tensor tensor) {
    return Tensors.toDoubles(tensor.detach().to(ScalarType.Double).flatten());
  }

  private static Tensor tensor(JsonNode node) {
    double[] flat = flat(node);
    long[] shape =
        node.get(0).isArray()
            ? new long[] {node.size(), node.get(0).size()}
            : new long[] {node.size()};
    return Tensors.ofDoubles(flat, shape).to(ScalarType.Float);
  }

  private static double[] flat(JsonNode node) {
    return node.isArray()
        ? elements(node).flatMapToDouble(each -> Arrays.stream(flat(each))).toArray()
        : new double[] {node.asDouble()};
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
