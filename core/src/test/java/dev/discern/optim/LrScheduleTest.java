package dev.discern.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.OptimConfig;
import dev.discern.optim.LrSchedule.Constant;
import dev.discern.optim.LrSchedule.Cosine;
import dev.discern.optim.LrSchedule.MultiStep;
import dev.discern.optim.LrSchedule.OneCycle;
import dev.discern.optim.LrSchedule.Shape;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LrScheduleTest {
  private static final double PEAK = 0.1;

  static Stream<Shape> shapes() {
    return Stream.of(
        new Constant(),
        new Cosine(),
        new MultiStep(List.of(3L, 20L, 500L), 0.1),
        new OneCycle(0.3),
        new OneCycle(0.25));
  }

  private static double[] rates(Shape shape, long total, long warmup) {
    LrSchedule schedule = new LrSchedule(PEAK, total, warmup, shape, List.of());
    return LongStream.range(0, total).mapToDouble(schedule::rate).toArray();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void staysAboveZeroAndAtMostAtThePeak(Shape shape) {
    for (long total = 1; total <= 60; total++) {
      for (long warmup = 0; warmup < total; warmup++) {
        for (double rate : rates(shape, total, warmup)) {
          assertThat(rate).isPositive().isLessThanOrEqualTo(PEAK * (1 + 1e-15));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void risesInAStraightLineToWhereTheShapeStarts(Shape shape) {
    int warmup = 8;
    double[] rates = rates(shape, 50, warmup);

    for (int step = 0; step < warmup; step++) {
      assertThat(rates[step]).isCloseTo(rates[warmup] * (step + 1) / 8, within(1e-15));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void dependsOnTheStepAlone(Shape shape) {
    double[] forward = rates(shape, 40, 4);
    LrSchedule schedule = new LrSchedule(PEAK, 40, 4, shape, List.of());

    for (int step = 39; step >= 0; step--) {
      assertThat(schedule.rate(step)).isEqualTo(forward[step]);
    }
  }

  @Test
  void keepsAConstantRate() {
    assertThat(rates(new Constant(), 5, 0)).containsExactly(PEAK, PEAK, PEAK, PEAK, PEAK);
  }

  @Test
  void fallsAlongTheCosineToOneStepBeforeZero() {
    double[] rates = rates(new Cosine(), 30, 10);

    assertThat(rates[10]).isEqualTo(PEAK);
    assertThat(rates[20]).isCloseTo(PEAK / 2, within(1e-15));
    assertThat(rates[29]).isCloseTo(PEAK * (1 + Math.cos(Math.PI * 19 / 20)) / 2, within(1e-15));
    for (int step = 11; step < 30; step++) {
      assertThat(rates[step]).isLessThan(rates[step - 1]);
    }
  }

  @Test
  void dropsAtTheMilestoneItself() {
    assertThat(rates(new MultiStep(List.of(2L, 4L), 0.5), 6, 0))
        .containsExactly(PEAK, PEAK, PEAK / 2, PEAK / 2, PEAK / 4, PEAK / 4);
  }

  @Test
  void rampsOneCycleUpToThePeakAndDownToAlmostNothing() {
    double[] rates = rates(new OneCycle(0.25), 40, 0);

    assertThat(rates[0]).isCloseTo(PEAK / 25, within(1e-15));
    assertThat(rates[9]).isEqualTo(PEAK);
    assertThat(rates[39]).isCloseTo(PEAK / 250_000, within(1e-15));
    for (int step = 1; step < 40; step++) {
      assertThat(rates[step] > rates[step - 1]).isEqualTo(step <= 9);
    }
  }

  @Test
  void startsOneCycleAtThePeakWhereTheRiseIsASingleStep() {
    assertThat(rates(new OneCycle(0.25), 4, 0)[0]).isEqualTo(PEAK);
  }

  private static OptimConfig config(String schedule, double warmupEpochs) {
    return new OptimConfig(
        "sgd",
        PEAK,
        0.9,
        false,
        0,
        true,
        1,
        schedule,
        warmupEpochs,
        List.of(4, 6),
        0.2,
        0,
        1,
        0,
        List.of(),
        "");
  }

  @Test
  void turnsEpochsIntoSteps() {
    assertThat(LrSchedule.of(config("multi-step", 0.5), 12, 8))
        .isEqualTo(new LrSchedule(PEAK, 96, 6, new MultiStep(List.of(48L, 72L), 0.2), List.of()));
  }

  @Test
  void multipliesEachEpochByItsFactor() {
    LrSchedule plain = new LrSchedule(PEAK, 12, 2, new Cosine(), List.of());
    LrSchedule matched = new LrSchedule(PEAK, 12, 2, new Cosine(), List.of(1.0, 1.5, 1.25));
    for (int step = 0; step < 12; step++) {
      double factor = step < 4 ? 1 : step < 8 ? 1.5 : 1.25;
      assertThat(matched.rate(step)).isEqualTo(plain.rate(step) * factor);
    }
  }

  @Test
  void knowsEveryScheduleOfTheConfiguration() {
    assertThat(
            OptimConfig.SCHEDULES.stream()
                .map(name -> LrSchedule.of(config(name, 0), 10, 10).shape()))
        .containsExactly(
            new Cosine(), new MultiStep(List.of(40L, 60L), 0.2), new OneCycle(0.3), new Constant());
  }

  @Test
  void letsAWarmUpTakeATenthOfTheRunAtMost() {
    assertThat(LrSchedule.of(config("cosine", 5), 20, 3).warmupSteps()).isEqualTo(6);
    assertThat(LrSchedule.of(config("cosine", 5), 1, 1).warmupSteps()).isZero();
  }

  @Test
  void givesOneCycleNoSecondWarmUp() {
    assertThat(LrSchedule.of(config("one-cycle", 2), 20, 30).warmupSteps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10, Long.MAX_VALUE})
  void rejectsAStepOutsideTheRun(long step) {
    LrSchedule schedule = new LrSchedule(PEAK, 10, 2, new Cosine(), List.of());

    assertThatThrownBy(() -> schedule.rate(step))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The step is " + step + ", but it must be in [0, 10).");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsAPeakThatIsNoRate(double peak) {
    assertThatThrownBy(() -> new LrSchedule(peak, 10, 0, new Constant(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The peak rate is " + peak + ", but it must be above 0 and finite.");
  }

  @Test
  void rejectsARunWithoutSteps() {
    assertThatThrownBy(() -> new LrSchedule(PEAK, 0, 0, new Constant(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The number of steps is 0, but it must be 1 or more.");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10, 11})
  void rejectsAWarmUpThatLeavesNoStep(long warmup) {
    assertThatThrownBy(() -> new LrSchedule(PEAK, 10, warmup, new Constant(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warm-up steps is " + warmup);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
  void rejectsAFactorOutsideItsRange(double gamma) {
    assertThatThrownBy(() -> new MultiStep(List.of(1L), gamma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multi-step is " + gamma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, Double.NaN})
  void rejectsARiseOutsideItsRange(double rise) {
    assertThatThrownBy(() -> new OneCycle(rise))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one-cycle is " + rise);
  }
}
