package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Against scikit-learn and numpy: tools/golden/metrics.py. */
class MetricsGoldenTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private record Golden(
      String madeBy,
      int classes,
      int[] labels,
      float[] probabilities,
      double top1,
      double top5,
      double ece,
      double meanTrueProbability,
      double meanStrongestRival,
      long[][] confusion,
      List<PerClass> perClass,
      List<ConfusedPair> mostConfused) {}

  private record PerClass(
      long support,
      long predicted,
      @Nullable Double precision,
      @Nullable Double recall,
      @Nullable Double f1) {}

  private static Golden read(String name) throws IOException {
    String path = "/golden/metrics/" + name + ".json";
    try (InputStream file = MetricsGoldenTest.class.getResourceAsStream(path)) {
      return new JsonMapper().readValue(Objects.requireNonNull(file, path), Golden.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten-classes", "classes-missing", "three-classes"})
  void agreesWithScikitLearn(String name) throws IOException {
    Golden golden = read(name);
    ClassificationMetrics metrics = new ClassificationMetrics(golden.classes());
    metrics.add(golden.probabilities(), golden.labels());
    metrics.addLoss(1, golden.labels().length);
    ClassificationResult result = metrics.result();

    assertThat(result.samples()).isEqualTo(golden.labels().length);
    assertThat(result.top1()).isCloseTo(golden.top1(), ROUNDING);
    assertThat(result.top5()).isCloseTo(golden.top5(), ROUNDING);
    assertThat(result.ece()).isCloseTo(golden.ece(), ROUNDING);
    assertThat(result.meanTrueProbability()).isCloseTo(golden.meanTrueProbability(), ROUNDING);
    assertThat(result.meanStrongestRival()).isCloseTo(golden.meanStrongestRival(), ROUNDING);
    assertThat(result.confusion()).isDeepEqualTo(golden.confusion());
    assertThat(result.mostConfused()).isEqualTo(golden.mostConfused());
    assertThat(result.perClass()).hasSameSizeAs(golden.perClass());
    for (ClassFigures figures : result.perClass()) {
      requireSame(figures, golden.perClass().get(figures.index()));
    }
  }

  private static void requireSame(ClassFigures figures, PerClass golden) {
    assertThat(figures.support()).isEqualTo(golden.support());
    assertThat(figures.predicted()).isEqualTo(golden.predicted());
    requireSame(figures.precision(), golden.precision());
    requireSame(figures.recall(), golden.recall());
    requireSame(figures.f1(), golden.f1());
  }

  private static void requireSame(@Nullable Double ours, @Nullable Double golden) {
    if (golden == null) {
      assertThat(ours).isNull();
    } else {
      assertThat(ours).isCloseTo(golden, ROUNDING);
    }
  }
}
