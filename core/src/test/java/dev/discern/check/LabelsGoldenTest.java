package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.feature.FeatureTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against cleanlab and scikit-learn: tools/golden/labels.py. */
class LabelsGoldenTest {
  private static JsonNode golden;
  private static int[] labels;
  private static ConfidentLearning learning;
  private static Probabilities predicted;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = LabelsGoldenTest.class.getResourceAsStream("/golden/labels.json")) {
      golden = JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
    labels = golden.path("labels").valueStream().mapToInt(JsonNode::asInt).toArray();
    predicted = new Probabilities(flat("probabilities"), golden.path("thresholds").size());
    learning = new ConfidentLearning(predicted, labels);
  }

  private static float[] flat(String name) {
    double[] values =
        golden
            .path(name)
            .valueStream()
            .flatMapToDouble(row -> row.valueStream().mapToDouble(JsonNode::asDouble))
            .toArray();
    float[] flat = new float[values.length];
    IntStream.range(0, flat.length).forEach(i -> flat[i] = (float) values[i]);
    return flat;
  }

  @Test
  void thresholdsAreCleanlabs() {
    double[] thresholds = learning.thresholds();
    for (int k = 0; k < thresholds.length; k++) {
      assertThat(thresholds[k])
          .isCloseTo(golden.path("thresholds").path(k).asDouble(), within(1e-6));
    }
  }

  @Test
  void suspectsAndTheirOrderAreCleanlabs() {
    LabelScores scores = new LabelScores(predicted, labels, new int[labels.length]);
    for (int i = 0; i < labels.length; i++) {
      assertThat(learning.isSuspect(i)).isEqualTo(golden.path("issues").path(i).asBoolean());
      assertThat(1 - scores.suspicion(i))
          .isCloseTo(golden.path("quality").path(i).asDouble(), within(1e-6));
    }
  }

  @Test
  void theRegressionIsScikitLearns() {
    int held = golden.path("heldOut").asInt();
    float[] features = flat("features");
    FeatureTable table = new FeatureTable(features, features.length / labels.length);
    float[][] found =
        CrossValidation.probabilities(
            table,
            labels,
            predicted.classes(),
            IntStream.range(held, labels.length).toArray(),
            IntStream.range(0, held).toArray());
    float[] expected = flat("regression");
    int classes = predicted.classes();
    assertThat(found.length * classes).isEqualTo(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .containsExactly(
              Arrays.copyOfRange(expected, i * classes, (i + 1) * classes), within(1e-3f));
    }
  }
}
