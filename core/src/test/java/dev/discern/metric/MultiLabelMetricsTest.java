package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MultiLabelMetricsTest {
  @TestFactory
  Stream<DynamicTest> agreesWithScikitLearn() throws Exception {
    JsonNode file;
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/golden/metrics/multi-label.json"))) {
      file = JsonMapper.shared().readTree(in);
    }
    return file.get("cases")
        .valueStream()
        .map(golden -> DynamicTest.dynamicTest(golden.get("name").asString(), () -> check(golden)));
  }

  private static void check(JsonNode golden) {
    MultiLabelResult result = measured(golden).result();
    assertThat(result.samples()).isEqualTo(golden.get("labels").size());
    assertThat(result.loss()).isEqualTo(2);
    assertThat(result.score()).isEqualTo(result.meanAveragePrecision());
    same(golden, "precision", result.precision());
    same(golden, "recall", result.recall());
    same(golden, "f1", result.f1());
    same(golden, "overallPrecision", result.overallPrecision());
    same(golden, "overallRecall", result.overallRecall());
    same(golden, "overallF1", result.overallF1());
    same(golden, "hammingLoss", result.hammingLoss());
    same(golden, "rankingLoss", result.rankingLoss());
    same(golden, "oneError", result.oneError());
    same(golden, "coverage", result.coverage());
    double sum = 0;
    int carried = 0;
    for (int k = 0; k < result.perClass().size(); k++) {
      JsonNode wanted = golden.get("averagePrecision").get(k);
      Double found = result.perClass().get(k).averagePrecision();
      if (wanted.isNull()) {
        assertThat(found).isNull();
      } else {
        assertThat(found).isCloseTo(wanted.asDouble(), within(1e-12));
        sum += wanted.asDouble();
        carried++;
      }
    }
    assertThat(result.meanAveragePrecision()).isCloseTo(sum / carried, within(1e-12));
  }

  private static void same(JsonNode golden, String name, double value) {
    assertThat(value).as(name).isCloseTo(golden.get(name).asDouble(), within(1e-12));
  }

  private static MultiLabelMetrics measured(JsonNode golden) {
    int classes = golden.get("classes").asInt();
    MultiLabelMetrics metrics = new MultiLabelMetrics(classes);
    for (int i = 0; i < golden.get("labels").size(); i++) {
      float[] scores = new float[classes];
      boolean[] labels = new boolean[classes];
      for (int k = 0; k < classes; k++) {
        scores[k] = (float) Math.log(golden.get("scores").get(i).get(k).asDouble());
        labels[k] = golden.get("labels").get(i).get(k).asInt() == 1;
      }
      MultiLabelMetrics one = new MultiLabelMetrics(classes);
      one.add(scores, labels);
      one.addLoss(2, 1);
      metrics.merge(one);
    }
    return metrics;
  }

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]);
    }
    return logs;
  }

  @Test
  void ranksImagesWhoseProbabilitiesAllRoundToOne() {
    MultiLabelMetrics metrics = new MultiLabelMetrics(2);
    // Logits of 18 and 20: both probabilities are 1 in float32.
    metrics.add(
        new float[] {-1.5e-8f, -2e-9f, -2e-9f, -9}, new boolean[] {false, true, true, false});
    metrics.addLoss(1, 2);
    assertThat(metrics.result().perClass().get(0).averagePrecision()).isEqualTo(1);
    assertThat(metrics.result().rankingLoss()).isZero();
  }

  @Test
  void withoutAnyLabelThereIsNoMeanAveragePrecision() {
    MultiLabelMetrics metrics = new MultiLabelMetrics(2);
    metrics.add(logs(0.9, 0.1), new boolean[] {false, false});
    metrics.addLoss(1, 1);
    MultiLabelResult result = metrics.result();
    assertThat(result.meanAveragePrecision()).isNull();
    assertThat(result.score()).isZero();
    assertThat(List.of(result.rankingLoss(), result.oneError(), result.coverage()))
        .containsOnly(0.0);
    assertThat(result.hammingLoss()).isEqualTo(0.5);
  }

  @Test
  void aLabelIsTakenForAnotherWhereItIsMissedAndTheOtherWronglyFound() {
    MultiLabelMetrics metrics = new MultiLabelMetrics(3);
    // 0 for 1; 0 for 1 and for 2; 1 found beside 0, which is no confusion; 2 missed, nothing found.
    metrics.add(
        logs(.1, .9, .1, .2, .8, .7, .9, .6, .1, .1, .1, .4),
        new boolean[] {
          true, false, false, true, false, false, true, false, false, false, false, true
        });
    metrics.addLoss(4, 4);
    assertThat(metrics.result().mostConfused())
        .containsExactly(new ConfusedPair(0, 1, 2, 0, 2.0 / 3), new ConfusedPair(0, 2, 1, 0, 0.25));
  }

  @Test
  void withoutALossThereIsNoResult() {
    MultiLabelMetrics metrics = new MultiLabelMetrics(2);
    metrics.add(new float[2], new boolean[2]);
    assertThatIllegalStateException()
        .isThrownBy(metrics::result)
        .withMessageContaining("no mean loss");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiLabelMetrics(3).add(new float[4], new boolean[4]))
        .withMessageContaining("rows of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiLabelMetrics(3).merge(new MultiLabelMetrics(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> new MultiLabelMetrics(1));
    assertThatIllegalStateException().isThrownBy(() -> new MultiLabelMetrics(2).result());
  }
}
