package dev.discern.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Temperature;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.explain.Explanation.Guess;
import dev.discern.explain.Explanation.Reason;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.model.ModelFactory;
import dev.discern.model.Models;
import dev.discern.torch.Scope;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations of every method and every family of architectures, with their first weights. */
class ExplainerTest {
  private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog");

  private static ModelCard card(String model, String method, int side) {
    return new ModelCard(
        model,
        method,
        Methods.taskOf(method),
        CLASSES,
        List.of(),
        new Preprocessing(
            new ImageShape(3, side, side),
            1,
            Interpolation.BILINEAR,
            new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.3f, 0.3f, 0.3f})),
        Map.of());
  }

  private static Pixels image(int side) {
    byte[] noise = new byte[side * side * 3];
    new SplittableRandom(3).nextBytes(noise);
    return new Pixels(side, side, 3, noise);
  }

  private static void with(ModelCard card, Consumer<Network> test) {
    List<Long> counts = List.of(4L, 3L, 2L, 1L);
    Network network = Networks.create(card, 7, counts, "cpu", "fp32");
    try {
      test.accept(network);
    } finally {
      network.store().state().values().forEach(Tensor::close);
    }
  }

  private static void requireSound(Explanation explanation, int height, int width) {
    assertThat(explanation.guesses()).hasSize(CLASSES.size());
    assertThat(explanation.guesses().stream().mapToDouble(Guess::probability).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(explanation.reasons()).hasSize(2);
    for (Reason reason : explanation.reasons()) {
      assertThat(reason.map().height()).isEqualTo(height);
      assertThat(reason.map().width()).isEqualTo(width);
      for (float value : reason.map().values()) {
        assertThat(value).isFinite().isNotNegative();
      }
    }
  }

  private static boolean isSomewhere(Explanation explanation) {
    return explanation.reasons().stream().anyMatch(reason -> reason.map().maximum() > 0);
  }

  static Stream<String> methods() {
    return Methods.CATALOGUE.all().stream()
        .map(MethodSpec::name)
        .filter(name -> Methods.taskOf(name) == Task.ONE_LABEL);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodHasFiniteMaps(String method) {
    ModelCard card = card("resnet8", method, 16);
    with(
        card,
        network -> {
          Explanation explanation =
              new Explainer(network, card).explain(image(16), OptionalInt.empty());
          requireSound(explanation, 4, 4);
          // Features beyond a Gaussian's mean lower its logit, and at first all are.
          assertThat(isSomewhere(explanation)).isEqualTo(!method.equals("lgm"));
        });
  }

  @Test
  void givesTheProbabilitiesThatPredictPrints() {
    ModelCard plain = card("resnet8", "ce", 16);
    ModelCard cooled = plain.with(new Calibration(new Temperature(2), Conformity.of(0.5)));
    with(
        plain,
        network -> {
          List<Guess> before =
              new Explainer(network, plain).explain(image(16), OptionalInt.empty()).guesses();
          List<Guess> after =
              new Explainer(network, cooled).explain(image(16), OptionalInt.empty()).guesses();
          double sum = before.stream().mapToDouble(guess -> Math.sqrt(guess.probability())).sum();
          for (int k = 0; k < before.size(); k++) {
            assertThat(after.get(k).label()).isEqualTo(before.get(k).label());
            assertThat(after.get(k).probability())
                .isCloseTo(Math.sqrt(before.get(k).probability()) / sum, within(1e-5));
          }
        });
  }

  // One member per paper, the smallest that its parameters allow.
  static Stream<String> families() {
    Map<String, String> small =
        Map.of(
            "preact-resnet", "preact-resnet(depth=8)",
            "wrn", "wrn(depth=10,width=1)",
            "densenet-bc", "densenet-bc(depth=10)",
            "resnext", "resnext(depth=11,cardinality=2,width=8)");
    Map<String, String> byPaper = new TreeMap<>();
    for (MethodSpec<ModelFactory> model : Models.CATALOGUE.all()) {
      if (!model.name().startsWith("vit")) {
        byPaper.putIfAbsent(model.paper(), small.getOrDefault(model.name(), model.name()));
      }
    }
    return byPaper.values().stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyFamilyHasFiniteMaps(String model) {
    ModelCard card = card(model, "ce", 64);
    with(
        card,
        network -> {
          Explanation explanation =
              new Explainer(network, card).explain(image(64), OptionalInt.empty());
          HeatMap map = explanation.reasons().get(0).map();
          requireSound(explanation, map.height(), map.width());
          assertThat(isSomewhere(explanation)).isTrue();
          assertThat(explanation.features())
              .hasSize(network.backbone().architecture().featureCount());
        });
  }

  @Test
  void comparesThePredictionWithTheTruthIfItIsWrongAndElseWithTheNextClass() {
    ModelCard card = card("resnet8", "ce", 16);
    with(
        card,
        network -> {
          Explainer explainer = new Explainer(network, card);
          List<Integer> order =
              explainer.explain(image(16), OptionalInt.empty()).guesses().stream()
                  .map(Guess::label)
                  .toList();
          assertThat(reasons(explainer, OptionalInt.empty()))
              .containsExactly(order.get(0), order.get(1));
          assertThat(reasons(explainer, OptionalInt.of(order.get(0))))
              .containsExactly(order.get(0), order.get(1));
          assertThat(reasons(explainer, OptionalInt.of(order.get(3))))
              .containsExactly(order.get(0), order.get(3));
        });
  }

  private static List<Integer> reasons(Explainer explainer, OptionalInt truth) {
    return explainer.explain(image(16), truth).reasons().stream().map(Reason::label).toList();
  }

  @Test
  void leavesNoGradientsOnTheWeights() {
    ModelCard card = card("mobilenetv3_small_100", "ce", 64);
    with(
        card,
        network -> {
          Explanation unused = new Explainer(network, card).explain(image(64), OptionalInt.empty());
          try (Scope scope = new Scope()) {
            assertThat(network.store().parameters().values())
                .noneMatch(parameter -> parameter.grad().defined());
          }
        });
  }

  @Test
  void saysWhyATransformerHasNoMap() {
    ModelCard card = card("vit_tiny_patch16_224", "ce", 64);
    with(
        card,
        network ->
            assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> new Explainer(network, card))
                .withMessage(
                    "vit_tiny_patch16_224 classifies a token instead of pooling a map of the image,"
                        + " so there is no heat map to draw: Grad-CAM needs a convolutional"
                        + " network."));
  }

  @Test
  void refusesImagesOfSeveralLabels() {
    ModelCard card = card("resnet8", "multilabel-bce", 16);
    with(
        card,
        network ->
            assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> new Explainer(network, card))
                .withMessageContaining("several labels"));
  }

  @Test
  void refusesWeightsThatDiverged() {
    ModelCard card = card("resnet8", "ce", 16);
    with(
        card,
        network -> {
          try (NoGradGuard noGrad = new NoGradGuard()) {
            network.store().parameters().values().forEach(p -> fill(p, Float.NaN));
          }
          Explainer explainer = new Explainer(network, card);
          assertThatExceptionOfType(WorkFailed.class)
              .isThrownBy(() -> explainer.explain(image(16), OptionalInt.empty()))
              .withMessageContaining("NaN or infinite");
        });
  }

  private static void fill(Tensor parameter, float value) {
    Tensor unused = parameter.fill_(new Scalar(value));
  }

  @Test
  void sharesAreOfTheLargestValue() {
    assertThat(new HeatMap(1, 3, new float[] {0, 1, 4}).shares()).containsExactly(0, 0.25f, 1);
    assertThat(new HeatMap(2, 1, new float[2]).shares()).containsExactly(0, 0);
  }
}
