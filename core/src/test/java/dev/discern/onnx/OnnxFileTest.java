package dev.discern.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.head.Methods;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.model.Models;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes of every export what the engine computes, without any scaling. */
class OnnxFileTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder = Path.of("");

  static List<String> models() {
    return Models.CATALOGUE.all().stream().map(MethodSpec::name).toList();
  }

  static List<String> methods() {
    return Methods.CATALOGUE.all().stream().map(MethodSpec::name).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesForEveryArchitecture(String name) {
    int published = Models.CATALOGUE.create(Spec.parse(name)).build(3).imageSide();
    // Sides for which padding and position embeddings are not those of the published size.
    int side = published == 32 ? 16 : 64;
    requireAgreement(card(small(name), "ce", side, false));
  }

  // The parameters make the largest of the small networks small enough for a test.
  static String small(String name) {
    return switch (name) {
      case "preact-resnet" -> "preact-resnet(depth=8)";
      case "wrn" -> "wrn(depth=10,width=1)";
      case "densenet-bc" -> "densenet-bc(depth=10,growth=4)";
      case "resnext" -> "resnext(depth=11,cardinality=2,width=4)";
      default -> name;
    };
  }

  @ParameterizedTest
  @MethodSource("methods")
  void agreesForEveryMethod(String name) {
    requireAgreement(card("resnet8", name, 16, false));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void agreesForEveryMethodWithMirrorImages(String name) {
    requireAgreement(card("resnet8", name, 16, true));
  }

  private static ModelCard card(String model, String method, int side, boolean flip) {
    return Exported.card(model, method, Exported.steps(side, 0.875, Interpolation.BILINEAR, flip));
  }

  private void requireAgreement(ModelCard card) {
    try (Exported exported = Exported.of(card, false, folder.resolve("model.onnx"))) {
      List<Pixels> images = exported.inputs(3);
      List<double[]> expected = exported.engine(images);
      float[][] actual = exported.session().probabilities(images);
      assertThat(expected.get(0)).isNotEqualTo(expected.get(1));
      for (int i = 0; i < images.size(); i++) {
        for (int k = 0; k < Exported.CLASSES; k++) {
          assertThat((double) actual[i][k]).isCloseTo(expected.get(i)[k], within(TOLERANCE));
        }
      }
      if (!card.preprocessing().testFlip()) {
        requireLogits(exported, images);
      }
    }
  }

  private static void requireLogits(Exported exported, List<Pixels> images) {
    float[] expected = exported.engineLogits(images);
    float[][] actual = exported.session().logits(images);
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int at = 0; at < expected.length; at++) {
      assertThat(actual[at / Exported.CLASSES][at % Exported.CLASSES])
          .isCloseTo(expected[at], within((float) TOLERANCE * largest));
    }
  }

  @Test
  void refusesWeightsThatOneFileCannotHold() {
    assertThatThrownBy(() -> OnnxFile.requireSize(2_200_000_000L, false, "wrn"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(
            "wrn has 2200 MB of weights, but an ONNX file holds at most 2,147 MB: store them as"
                + " float16, or choose a smaller network.");
  }
}
