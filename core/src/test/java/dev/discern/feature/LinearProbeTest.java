package dev.discern.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LinearProbeTest {
  static List<JsonNode> cases() throws IOException {
    try (InputStream in = LinearProbeTest.class.getResourceAsStream("/golden/probe.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in)).valueStream().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheMinimumThatSciPyFinds(JsonNode golden) {
    LinearProbe probe =
        LinearProbe.train(
            table(golden.path("features")),
            golden.path("labels").valueStream().mapToInt(JsonNode::asInt).toArray(),
            golden.path("classes").asInt(),
            golden.path("l2").asDouble());
    float[][] found = probe.probabilities(table(golden.path("new")));
    for (int row = 0; row < found.length; row++) {
      JsonNode expected = golden.path("probabilities").path(row);
      for (int k = 0; k < found[row].length; k++) {
        assertThat((double) found[row][k])
            .as("%s, row %d, class %d", golden.path("name"), row, k)
            .isCloseTo(expected.path(k).asDouble(), within(1e-3));
      }
    }
  }

  private static FeatureTable table(JsonNode rows) {
    double[] flat =
        rows.valueStream().flatMap(JsonNode::valueStream).mapToDouble(JsonNode::asDouble).toArray();
    float[] values = new float[flat.length];
    for (int i = 0; i < flat.length; i++) {
      values[i] = (float) flat[i];
    }
    return new FeatureTable(values, rows.path(0).size());
  }

  @Test
  void doesNotDependOnTheScaleOfAFeature() {
    FeatureTable plain = Blobs.features(60, 5, 3, 1, new SplittableRandom(1));
    float[] scaled = plain.values().clone();
    for (int i = 0; i < scaled.length; i += 5) {
      scaled[i] = 1000 * scaled[i] + 70_000;
    }
    int[] labels = Blobs.labels(60, 3);
    float[][] first = LinearProbe.train(plain, labels, 3, 0.1).probabilities(plain);
    FeatureTable table = new FeatureTable(scaled, 5);
    float[][] second = LinearProbe.train(table, labels, 3, 0.1).probabilities(table);
    for (int row = 0; row < first.length; row++) {
      assertThat(second[row]).containsExactly(first[row], within(0.01f));
    }
  }

  @Test
  void givesAClassWithoutImagesHardlyAnyProbability() {
    FeatureTable features = Blobs.features(40, 4, 2, 1, new SplittableRandom(2));
    float[][] found =
        LinearProbe.train(features, Blobs.labels(40, 2), 3, 0.1).probabilities(features);
    assertThat(Arrays.stream(found).mapToDouble(row -> row[2]).max().orElseThrow())
        .isLessThan(0.01);
    assertThat(found[0][0] + found[0][1] + found[0][2]).isCloseTo(1, within(1e-5f));
  }

  @Test
  void takesASingleImage() {
    FeatureTable one = new FeatureTable(new float[] {1, 2}, 2);
    assertThat(LinearProbe.train(one, new int[] {1}, 2, 0.1).probabilities(one)[0][1])
        .isGreaterThan(0.5f);
  }

  @Test
  void refusesWhatItCannotTrainOn() {
    FeatureTable two = new FeatureTable(new float[] {1, 2}, 1);
    assertThatThrownBy(() -> LinearProbe.train(two, new int[] {0}, 2, 0.1))
        .hasMessage("There are 1 labels for 2 rows of features.");
    assertThatThrownBy(() -> LinearProbe.train(two, new int[] {0, 2}, 2, 0.1))
        .hasMessage("A label is not from 0 to 1.");
    assertThatThrownBy(() -> LinearProbe.train(two, new int[] {0, 1}, 2, 0))
        .hasMessage("The penalty is 0.0, but it must be above 0.");
    LinearProbe probe = LinearProbe.train(two, new int[] {0, 1}, 2, 0.1);
    FeatureTable wider = new FeatureTable(new float[] {1, 2}, 2);
    assertThatThrownBy(() -> probe.probabilities(wider))
        .hasMessage("The features are 2 wide, but the classifier's are 1.");
  }
}
