package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftMarginTest extends LossContract {
  @Override
  Loss loss() {
    return new SoftMargin(1.5);
  }

  @Test
  void withoutAMarginItIsCrossEntropy() {
    LossProbe.assertAlike(new CrossEntropy(), new SoftMargin(0));
  }

  @Test
  void takesTheMarginFromTheTrueClass() {
    try (Scope scope = new Scope()) {
      double[] losses =
          LossProbe.losses(loss(), LossProbe.matrix(new double[] {2, 1}), LossProbe.classes(0));
      assertThat(losses[0]).isCloseTo(Math.log1p(Math.exp(0.5)), within(1e-14));
    }
  }

  @Test
  void stretchesTheGradientOfCrossEntropyUpToTheMarginsExponential() {
    ProbabilityCurve curve = loss().curve().orElseThrow();
    assertThat(curve.gain().applyAsDouble(-800)).isEqualTo(1);
    assertThat(curve.gain().applyAsDouble(0)).isCloseTo(Math.exp(1.5), within(1e-14));
    assertThat(curve.value().applyAsDouble(0)).isCloseTo(0, within(1e-15));
    ProbabilityCurve wide = new SoftMargin(60).curve().orElseThrow();
    assertThat(wide.gain().applyAsDouble(0)).isCloseTo(Math.exp(60), withinPercentage(1e-9));
    assertThat(wide.value().applyAsDouble(0)).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new SoftMargin(value))
        .withMessageContaining("margin of soft-margin");
  }
}
