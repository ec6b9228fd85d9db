package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.head.BuiltHead.Step;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden values are in {@link GoldenHeadTest}; here is what holds beside them. */
class TwoWayMetricTest {
  private static final double[][] LABELS = {
    {1, 0, 1, 0}, {0, 0, 0, 0}, {1, 0, 1, 0}, {1, 1, 0, 0}, {1, 1, 1, 1}, {0, 0, 1, 1}
  };

  private Scope scope;

  @BeforeEach
  void openScope() {
    scope = new Scope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static Tensor pooled() {
    double[] values =
        new SplittableRandom(5).doubles((long) LABELS.length * BuiltHead.FEATURES).toArray();
    return Tensors.ofDoubles(values, LABELS.length, BuiltHead.FEATURES).to(ScalarType.Float);
  }

  private static Targets.MultiHot sets(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return new Targets.MultiHot(
        Tensors.ofDoubles(flat, rows.length, BuiltHead.CLASSES).to(ScalarType.Float), null);
  }

  private static double figure(HeadLoss loss, String name) {
    return Objects.requireNonNull(loss.figures().get(name), name).item_double();
  }

  @Test
  void isForSeveralLabels() {
    assertThat(Methods.CATALOGUE.create(Spec.parse("two-way-metric")).task())
        .isEqualTo(Task.MANY_LABELS);
    Targets one = new Targets.Classes(Tensors.ofClasses(new int[] {0, 1, 2, 3, 0, 1}), null);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BuiltHead.of("two-way-metric").head().loss(BuiltHead.features(pooled()), one))
        .withMessageContaining("two-way-metric is for several labels per image");
  }

  @Test
  void theLossIsBothViewsAndTheReconstruction() {
    HeadLoss loss =
        BuiltHead.of("two-way-metric(reconstruction=3)").step(pooled(), sets(LABELS)).loss();
    assertThat(loss.perSample().mean().item_double())
        .isCloseTo(
            figure(loss, "imageView")
                + figure(loss, "labelView")
                + 3 * figure(loss, "reconstruction"),
            within(1e-5));
    assertThat(loss.batchTerms()).isEmpty();
  }

  @Test
  void aBatchOfEqualLabelSetsTeachesTheDecoderAlone() {
    double[] same = {1, 0, 0, 1};
    Step step =
        BuiltHead.of("two-way-metric").step(pooled().narrow(0, 0, 3), sets(same, same, same));
    assertThat(figure(step.loss(), "imageView")).isZero();
    assertThat(figure(step.loss(), "labelView")).isZero();
    assertThat(Arrays.stream(step.gradient("x"))).allMatch(g -> g == 0);
    assertThat(Arrays.stream(step.gradient("decoder.weight"))).anyMatch(g -> g != 0);
  }

  @Test
  void aBatchOfOneImageHasNoNeighbour() {
    Step step = BuiltHead.of("two-way-metric").step(pooled().narrow(0, 0, 1), sets(LABELS[0]));
    assertThat(figure(step.loss(), "imageView")).isZero();
    assertThat(step.total()).isFinite();
  }

  @Test
  void staysFiniteWithFeaturesThatAreZeroOrHuge() {
    for (double scale : new double[] {0, 1e-6, 1e3}) {
      Step step =
          BuiltHead.of("two-way-metric").step(pooled().mul(new Scalar(scale)), sets(LABELS));
      assertThat(step.total()).isFinite();
      for (String tensor : step.names()) {
        assertThat(Arrays.stream(step.gradient(tensor))).as(tensor).allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void descends() {
    BuiltHead built = BuiltHead.of("two-way-metric");
    Step before = built.step(pooled(), sets(LABELS));
    Tensor slope =
        Tensors.ofDoubles(before.gradient("x"), LABELS.length, BuiltHead.FEATURES)
            .to(ScalarType.Float);
    double squared = Arrays.stream(before.gradient("x")).map(g -> g * g).sum();
    double step = 1e-3 / Math.sqrt(squared);
    double after = built.step(pooled().sub(slope, new Scalar(step)), sets(LABELS)).total();
    assertThat((before.total() - after) / (step * squared)).isCloseTo(1, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two-way-metric(margin=0)",
        "two-way-metric(neighbours=1.5)",
        "two-way-metric(neighbours=0)",
        "two-way-metric(reconstruction=0)",
        "two-way-metric(reconstruction=NaN)"
      })
  void refusesValuesThatBreakTheirRule(String text) {
    Spec spec = Spec.parse(text);
    String named = spec.parameters().keySet().iterator().next();
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Methods.CATALOGUE.canonical(spec))
        .withMessageContaining("Parameter " + named + " of two-way-metric");
  }
}
