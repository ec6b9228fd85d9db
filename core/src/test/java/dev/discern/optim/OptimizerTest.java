package dev.discern.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.OptimConfig;
import dev.discern.layer.Architecture;
import dev.discern.layer.Block;
import dev.discern.layer.ClassToken;
import dev.discern.layer.Conv;
import dev.discern.layer.Scale;
import dev.discern.layer.Sequence;
import dev.discern.layer.Tokens;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against PyTorch's optimizers; values made by tools/golden/optimizers.py. */
class OptimizerTest {
  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    InputStream in = OptimizerTest.class.getResourceAsStream("/golden/optimizers.json");
    return new JsonMapper().readTree(Objects.requireNonNull(in));
  }

  static Stream<JsonNode> cases() {
    return GOLDEN.path("cases").valueStream();
  }

  private static Map<String, Tensor> parameters() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("matrix", Tensors.ofFloats(new float[] {1, -2, .5f, 3, .25f, -1}, 2, 3));
    parameters.put("vector", Tensors.ofFloats(new float[] {.5f, -.5f, 2}, 3));
    parameters.values().forEach(p -> p.requires_grad_(true));
    return parameters;
  }

  private static Optimizer optimizer(JsonNode config, Map<String, Tensor> parameters) {
    OptimConfig asked =
        config(
            config.path("optimizer").asString(),
            config.path("momentum").asDouble(),
            config.path("nesterov").asBoolean(),
            config.path("weightDecay").asDouble(),
            !config.path("spareVector").asBoolean(),
            1);
    return Optimizers.create(asked, rules(asked, Map.of()), parameters);
  }

  private static OptimConfig config(
      String optimizer,
      double momentum,
      boolean nesterov,
      double weightDecay,
      boolean decayNormsAndBiases,
      double layerDecay) {
    return new OptimConfig(
        optimizer,
        0.1,
        momentum,
        nesterov,
        weightDecay,
        decayNormsAndBiases,
        layerDecay,
        "constant",
        0,
        List.of(),
        0.1,
        0,
        1,
        0,
        List.of(),
        "");
  }

  // Two blocks of one tensor each, and a neck.
  private static ParameterRules rules(OptimConfig config, Map<String, Double> ownRates) {
    Architecture architecture =
        new Architecture(
            3,
            8,
            1,
            Sequence.of(
                Block.of("first", Conv.of("first.conv", 3, 3, 1)),
                Block.of("second", new Scale("second.gamma", 3), new Tokens(3, 8))),
            Sequence.of(new ClassToken(), Conv.of("neck", 3, 3, 1).biased()),
            "fc",
            Architecture.Initialization.NORMAL);
    return new ParameterRules(config, architecture, ownRates);
  }

  private static Trained trained(OptimConfig config, String name, long... shape) {
    Tensor tensor = Tensors.ofFloats(new float[3], shape);
    tensor.requires_grad_(true);
    return rules(config, Map.of("own", 5.0)).trained(Map.of(name, tensor)).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "first.conv.weight, 0.25",
    "second.gamma, 0.5",
    "neck.weight, 1",
    "fc.weight, 1",
    "own, 5"
  })
  void lowersTheRateOfEachBlockBeforeTheHead(String name, double expected) {
    try (Scope scope = new Scope()) {
      OptimConfig config = config("sgd", 0, false, 0.1, true, 0.5);
      assertThat(trained(config, name, 3, 1).rate()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "first.conv.weight, 0.1, 0.1",
    "fc.weight, 0.1, 0.1",
    "pos_embed, 0.1, 0",
    "cls_token, 0.1, 0",
    "own, 0, 0"
  })
  void sparesEmbeddingsFromDecayAsItDoesNorms(String name, double all, double spared) {
    try (Scope scope = new Scope()) {
      for (boolean norms : new boolean[] {true, false}) {
        OptimConfig config = config("sgd", 0, false, 0.1, norms, 1);
        assertThat(trained(config, name, 1, 1, 3).decay()).isEqualTo(norms ? all : spared);
      }
    }
  }

  @Test
  void sparesVectorsFromDecay() {
    try (Scope scope = new Scope()) {
      OptimConfig config = config("sgd", 0, false, 0.1, false, 1);
      assertThat(trained(config, "fc.bias", 3).decay()).isZero();
      assertThat(trained(config, "second.gamma", 3).decay()).isZero();
    }
  }

  @Test
  void leavesFrozenParametersOut() {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> parameters = parameters();
      Objects.requireNonNull(parameters.get("vector")).requires_grad_(false);
      OptimConfig config = config("sgd", 0, false, 0.1, true, 1);
      assertThat(rules(config, Map.of()).trained(parameters))
          .extracting(Trained::name)
          .containsExactly("matrix");
    }
  }

  private static void step(Optimizer optimizer, Map<String, Tensor> parameters, double rate) {
    Optimizer.dropGradients(parameters.values());
    loss(parameters, "matrix", 0.3, 0.7).add(loss(parameters, "vector", 1.1, -0.2)).backward();
    optimizer.step(rate);
  }

  private static Tensor loss(
      Map<String, Tensor> parameters, String name, double factor, double goal) {
    Tensor x = Objects.requireNonNull(parameters.get(name));
    return x.sub(new Scalar(goal)).pow(new Scalar(2.0)).mul(new Scalar(factor)).sum();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void movesAsPyTorchDoes(JsonNode config) {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> parameters = parameters();
      Optimizer optimizer = optimizer(config, parameters);
      GOLDEN.path("rates").forEach(rate -> step(optimizer, parameters, rate.asDouble()));
      parameters.forEach(
          (name, tensor) -> {
            float[] found = Tensors.toFloats(tensor);
            for (int i = 0; i < found.length; i++) {
              assertThat((double) found[i])
                  .isCloseTo(config.path(name).get(i).asDouble(), within(2e-6));
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnFromItsStateBitByBit(JsonNode config) {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> straight = parameters();
      Optimizer uncut = optimizer(config, straight);
      Map<String, Tensor> resumed = parameters();
      Optimizer fresh = optimizer(config, resumed);
      step(uncut, straight, 0.1);
      dev.discern.torch.ParameterStore.copy(straight, resumed, "test");
      dev.discern.torch.ParameterStore.copy(uncut.state(), fresh.state(), "test");
      step(uncut, straight, 0.05);
      step(fresh, resumed, 0.05);
      straight.forEach(
          (name, tensor) ->
              assertThat(Tensors.toFloats(Objects.requireNonNull(resumed.get(name))))
                  .containsExactly(Tensors.toFloats(tensor)));
    }
  }

  @Test
  void leavesAParameterWithoutGradientAlone() {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> parameters = parameters();
      Optimizer optimizer =
          new Sgd(
              rules(config("sgd", 0.9, true, 0.1, true, 1), Map.of()).trained(parameters),
              0.9,
              true);
      optimizer.step(1);
      assertThat(Tensors.toFloats(Objects.requireNonNull(parameters.get("vector"))))
          .containsExactly(.5f, -.5f, 2);
    }
  }

  @Test
  void aTunedParameterTakesItsOwnRateAndDoesNotDecay() {
    try (Scope scope = new Scope()) {
      Map<String, Tensor> plain = parameters();
      Map<String, Tensor> tuned = parameters();
      for (boolean adaptive : new boolean[] {false, true}) {
        Map<String, Double> rates = Map.of("matrix", 3.0);
        OptimConfig none = config("sgd", 0, false, 0, true, 1);
        OptimConfig decay = config("sgd", 0, false, 0.1, true, 1);
        List<Trained> slow = rules(none, Map.of()).trained(plain);
        List<Trained> fast = rules(decay, rates).trained(tuned);
        step(adaptive ? new AdamW(slow) : new Sgd(slow, 0, false), plain, 0.3);
        step(adaptive ? new AdamW(fast) : new Sgd(fast, 0, false), tuned, 0.1);
        assertThat(Tensors.toFloats(Objects.requireNonNull(tuned.get("matrix"))))
            .containsExactly(
                Tensors.toFloats(Objects.requireNonNull(plain.get("matrix"))), within(1e-6f));
      }
      assertThat(Tensors.toFloats(Objects.requireNonNull(tuned.get("vector"))))
          .isNotEqualTo(Tensors.toFloats(Objects.requireNonNull(plain.get("vector"))));
    }
  }
}
