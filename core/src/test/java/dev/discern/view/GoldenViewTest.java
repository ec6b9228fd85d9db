package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.Crop;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Images and numbers that torchvision computed; tools/golden/augment.py says how. Images are equal.
 */
class GoldenViewTest {
  private static final JsonNode GOLDEN = read("/golden/augment.json");
  private static final Offset<Double> FLOAT32 = within(1e-5); // at magnitudes of up to 255
  private static final Set<PolicyOperation> WITHOUT_LEVELS =
      Set.of(PolicyOperation.IDENTITY, PolicyOperation.AUTO_CONTRAST, PolicyOperation.EQUALIZE);

  @TestFactory
  Stream<DynamicTest> operationsEqualTorchvision() {
    return elements(GOLDEN.get("operations"))
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    name(golden),
                    () ->
                        assertThat(
                                operation(golden.get(0).asString(), golden.get(1).asDouble())
                                    .apply(image(golden.get(2).asString()))
                                    .data())
                            .isEqualTo(bytes(golden.get(3)))));
  }

  @TestFactory
  Stream<DynamicTest> policyOperationsEqualTorchvision() {
    return elements(GOLDEN.get("policyOperations"))
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    name(golden),
                    () ->
                        assertThat(
                                policyOperation(golden.get(0).asString())
                                    .apply(
                                        golden.get(1).asDouble(), image(golden.get(2).asString()))
                                    .data())
                            .isEqualTo(bytes(golden.get(3)))));
  }

  @Test
  void magnitudesEqualTorchvision() {
    assertMagnitudes(GOLDEN.get("policies").get("wide"), Magnitudes.WIDE);
    assertMagnitudes(
        GOLDEN.get("policies").get("rand").get("32x32"), Magnitudes.ofRandAugment(32, 32));
    assertMagnitudes(
        GOLDEN.get("policies").get("rand").get("224x160"), Magnitudes.ofRandAugment(224, 160));
  }

  @Test
  void centerCropsHaveTorchvisionsSizesAndOffsets() {
    for (JsonNode golden : GOLDEN.get("centerCrops")) {
      int[] n = elements(golden).mapToInt(JsonNode::asInt).toArray();
      int size = n[0];
      if (n[2] == size && n[3] == size) {
        continue; // left alone here, whatever the ratio
      }
      CenterCrop.Plan plan =
          new CenterCrop(golden.get(1).asDouble()).plan(n[2], n[3], new ImageShape(3, size, size));
      assertThat(plan)
          .as(golden.toString())
          .isEqualTo(
              new CenterCrop.Plan(
                  new Crop(0, 0, n[2], n[3]), n[4], n[5], new Crop(n[6], n[7], size, size)));
    }
  }

  @Test
  void cropsThatNeverFitFallBackAsTorchvisionsDo() {
    RandomResizedCrop crop = new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3);
    for (JsonNode golden : GOLDEN.get("fallbackCrops")) {
      int[] n = elements(golden).mapToInt(JsonNode::asInt).toArray();
      assertThat(crop.central(n[0], n[1])).isEqualTo(new Crop(n[2], n[3], n[4], n[5]));
    }
  }

  private static void assertMagnitudes(JsonNode golden, Magnitudes magnitudes) {
    assertThat(golden.propertyNames().stream().map(GoldenViewTest::policyOperation))
        .containsExactly(PolicyOperation.values());
    for (String name : golden.propertyNames()) {
      PolicyOperation operation = policyOperation(name);
      int levels = WITHOUT_LEVELS.contains(operation) ? 1 : Magnitudes.HIGHEST + 1;
      double[] got =
          IntStream.range(0, levels).mapToDouble(k -> magnitudes.at(operation, k)).toArray();
      double[] want = elements(golden.get(name).get(0)).mapToDouble(JsonNode::asDouble).toArray();
      assertThat(got).as(name).containsExactly(want, FLOAT32);
      assertThat(operation.signed()).as(name).isEqualTo(golden.get(name).get(1).asBoolean());
    }
  }

  private static PolicyOperation policyOperation(String torchvisionsName) {
    return PolicyOperation.valueOf(
        torchvisionsName.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }

  private static Operation operation(String name, double value) {
    return switch (name) {
      case "brightness" -> new Brightness(value);
      case "contrast" -> new Contrast(value);
      case "saturation" -> new Saturation(value);
      case "sharpness" -> new Sharpness(value);
      case "hue" -> new Hue(value);
      case "posterize" -> new Posterize((int) value);
      case "solarize" -> new Solarize(value);
      case "invert" -> new Solarize(0);
      case "auto-contrast" -> new AutoContrast();
      case "equalize" -> new Equalize();
      case "flip" -> HorizontalFlip::mirrored;
      case "rotate" -> new Rotate(value);
      default -> throw new AssertionError(name);
    };
  }

  private static String name(JsonNode golden) {
    return List.of(golden.get(0), golden.get(1), golden.get(2)).toString();
  }

  private static Pixels image(String key) {
    JsonNode image = GOLDEN.get("images").get(key);
    return new Pixels(
        image.get("height").asInt(),
        image.get("width").asInt(),
        image.get("channels").asInt(),
        bytes(image.get("pixels")));
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asString());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenViewTest.class.getResourceAsStream(resource), resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
