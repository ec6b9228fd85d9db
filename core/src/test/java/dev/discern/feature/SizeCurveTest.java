package dev.discern.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.data.LoadListener;
import dev.discern.feature.SizeCurve.Part;
import dev.discern.feature.SizeCurve.Point;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class SizeCurveTest {
  private static Part part(int rows, long seed) {
    return new Part(
        Blobs.features(rows, 12, 4, 0.5, new SplittableRandom(seed)), Blobs.labels(rows, 4));
  }

  @Test
  void measuresNestedSharesOfEachClass() {
    SizeCurve curve =
        SizeCurve.of(part(320, 1), part(200, 2), 4, 0, LoadListener.NONE, () -> false)
            .orElseThrow();
    assertThat(curve.validationImages()).isEqualTo(200);
    assertThat(curve.points()).extracting(Point::images).containsExactly(20, 40, 80, 160, 320);
    assertThat(curve.points())
        .extracting(point -> point.accuracies().size())
        .containsExactly(4, 4, 4, 4, 1);
    assertThat(mean(curve.points().get(4))).isGreaterThan(mean(curve.points().get(0)) + 0.03);
    assertThat(curve.doubling()).isPresent();
    assertThat(SizeCurve.of(part(320, 1), part(200, 2), 4, 0, LoadListener.NONE, () -> false))
        .hasValue(curve);
  }

  private static double mean(Point point) {
    return point.accuracies().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void fewImagesGiveFewerSizesAndNoForecast() {
    SizeCurve few =
        SizeCurve.of(part(12, 1), part(20, 2), 4, 0, LoadListener.NONE, () -> false).orElseThrow();
    assertThat(few.points()).extracting(Point::images).containsExactly(4, 8, 12);
    assertThat(few.doubling()).isEmpty();
    assertThat(SizeCurve.of(part(4, 1), part(20, 2), 4, 0, LoadListener.NONE, () -> false))
        .isEmpty();
  }

  @Test
  void smallerSharesAreParts() {
    int[] labels = Blobs.labels(90, 3);
    Subsets draw = Subsets.draw(labels, 3, 7);
    int[] quarter = draw.share(0.25);
    int[] half = draw.share(0.5);
    assertThat(quarter).hasSize(24).isSorted();
    assertThat(half).contains(quarter);
    assertThat(half).hasSize(45);
    assertThat(Arrays.stream(quarter).filter(i -> labels[i] == 2)).hasSize(8);
    assertThat(Subsets.draw(labels, 3, 8).share(0.25)).isNotEqualTo(quarter);
  }

  @Test
  void stopsWhenAsked() {
    assertThatThrownBy(
            () -> SizeCurve.of(part(64, 1), part(20, 2), 4, 0, LoadListener.NONE, () -> true))
        .isInstanceOf(CancellationException.class);
  }
}
