package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeesawTest extends LossContract {
  @Override
  Loss loss() {
    return new Seesaw(0.8, 2, List.of(90L, 30L, 9L, 1L));
  }

  // No gradient flows through the compensation; the golden gradients hold it instead.
  @Override
  boolean differentiable() {
    return false;
  }

  /** Without the factor that is held constant, the gradient is the value's. */
  @Nested
  class WithoutCompensation extends LossContract {
    @Override
    Loss loss() {
      return new Seesaw(0.8, 0, List.of(90L, 30L, 9L, 1L));
    }
  }

  @Test
  void withoutExponentsItIsCrossEntropy() {
    LossProbe.assertAlike(new CrossEntropy(), new Seesaw(0, 0, List.of(9L, 1L, 4L, 2L, 3L)));
  }

  @Test
  void sparesARareClassAndGivesBackWhereItIsWronglyLikely() {
    try (Scope scope = new Scope()) {
      Seesaw seesaw = new Seesaw(1, 1, List.of(100L, 10L));
      // Rarer by 10: the rival's logit falls by ln 10. Both equally likely: no compensation.
      double[] even =
          LossProbe.losses(seesaw, LossProbe.matrix(new double[] {0, 0}), LossProbe.classes(0));
      assertThat(even[0]).isCloseTo(Math.log(1.1), within(1e-14));
      // e times as likely as the true class: the compensation of 1 comes on top.
      double[] likely =
          LossProbe.losses(seesaw, LossProbe.matrix(new double[] {0, 1}), LossProbe.classes(0));
      assertThat(likely[0]).isCloseTo(Math.log1p(Math.exp(2) / 10), within(1e-14));
    }
  }

  @Test
  void refusesToBeComputedWithoutCounts() {
    try (Scope scope = new Scope()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Seesaw(1, 1, List.of())
                      .perSample(LossProbe.logitsOf(0.5), LossProbe.classes(0)))
          .withMessageContaining("training set's class counts");
    }
  }

  @Test
  void amongSomeClassesItCountsThem() {
    assertThat(new Seesaw(1, 2, List.of(9L, 1L, 4L)).among(List.of(2, 0)))
        .isEqualTo(new Seesaw(1, 2, List.of(4L, 9L)));
  }

  @Test
  void refusesAClassWithoutTrainingImages() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new Seesaw(0, 1, List.of(5L, 0L)))
        .withMessageContaining("class 1 (from 0) has none");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new Seesaw(value, 1, List.of()))
        .withMessageContaining("p of seesaw");
  }
}
