package dev.discern.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Batches that torchvision mixed; tools/golden/augment.py says how. */
class GoldenMixTest {
  private static final JsonNode GOLDEN = read("/golden/augment.json").get("mixes");
  private static final int[] SHAPE = ints(GOLDEN.get("shape"));

  @TestFactory
  Stream<DynamicTest> mixesAsTorchvision() {
    return elements(GOLDEN.get("cases"))
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.get("kind").asString() + " " + golden.get("lambda"),
                    () -> check(golden)));
  }

  private static void check(JsonNode golden) {
    try (Scope scope = new Scope()) {
      Mixed mixed = mix(golden);
      assertThat(Tensors.toDoubles(mixed.images()))
          .containsExactly(doubles(golden.get("images")), within(3e-7));
      assertThat(Tensors.toDoubles(mixed.targets().probabilities()))
          .containsExactly(doubles(golden.get("targets")), within(3e-7));
    }
  }

  private static Mixed mix(JsonNode golden) {
    double lambda = golden.get("lambda").asDouble();
    Partners partners =
        Partners.of(
            images(),
            new Targets.Classes(Tensors.ofClasses(ints(GOLDEN.get("labels"))), null)
                .smoothed(0, GOLDEN.get("classes").asInt()),
            ints(GOLDEN.get("permutation")));
    if (golden.get("kind").asString().equals("mixup")) {
      return Mixup.mixed(lambda, partners);
    }
    CutMix.Box box =
        CutMix.Box.around(
            golden.get("row").asInt(), golden.get("column").asInt(), lambda, SHAPE[2], SHAPE[3]);
    return CutMix.mixed(box, partners);
  }

  private static Tensor images() {
    double[] values = doubles(GOLDEN.get("images"));
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensors.ofFloats(floats, SHAPE[0], SHAPE[1], SHAPE[2], SHAPE[3]);
  }

  private static int[] ints(JsonNode array) {
    return elements(array).mapToInt(JsonNode::asInt).toArray();
  }

  private static double[] doubles(JsonNode array) {
    return elements(array).mapToDouble(JsonNode::asDouble).toArray();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenMixTest.class.getResourceAsStream(resource), resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
