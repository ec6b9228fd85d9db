package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class FormulaWeightsTest {
  static Stream<JsonNode> tensors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            FormulaWeightsTest.class.getResourceAsStream("/golden/models/formula.json"))) {
      return new ObjectMapper().readTree(in).get("tensors").valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void equalsTheScriptsValuesBitForBit(JsonNode golden) {
    long[] shape = golden.get("shape").valueStream().mapToLong(JsonNode::asLong).toArray();
    float[] values = FormulaWeights.fill(golden.get("name").asString(), shape);
    assertThat(values).hasSize((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    for (int i = 0; i < 3; i++) {
      assertThat(values[i]).isEqualTo((float) golden.get("first").get(i).asDouble());
    }
    assertThat(values[values.length - 1]).isEqualTo((float) golden.get("last").asDouble());
    assertThat(bits(values)).isEqualTo(golden.get("bits").asLong());
  }

  @Test
  void givesTensorsOfDifferentNamesDifferentValues() {
    assertThat(FormulaWeights.fill("bn1.weight", 8))
        .isNotEqualTo(FormulaWeights.fill("bn2.weight", 8));
  }

  private static long bits(float[] values) {
    long sum = 0;
    for (float value : values) {
      sum += Float.floatToRawIntBits(value) & 0xFFFFFFFFL;
    }
    return sum;
  }
}
