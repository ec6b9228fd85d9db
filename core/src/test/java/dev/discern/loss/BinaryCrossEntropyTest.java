package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCrossEntropyTest {
  @Test
  void isTheMeanOfEachClassAgainstTheRest() {
    try (Scope scope = new Scope()) {
      double[] losses =
          LossProbe.losses(
              new BinaryCrossEntropy(0),
              LossProbe.matrix(new double[] {0.5, -2}),
              LossProbe.classes(0));
      double wanted = (Math.log1p(Math.exp(-0.5)) + Math.log1p(Math.exp(-2))) / 2;
      assertThat(losses[0]).isCloseTo(wanted, within(1e-14));
    }
  }

  @Test
  void smoothingMovesTheTargets() {
    try (Scope scope = new Scope()) {
      double[] losses =
          LossProbe.losses(
              new BinaryCrossEntropy(0.2),
              LossProbe.matrix(new double[] {3, 0}),
              LossProbe.classes(0));
      // t = .9 and .1.
      double wanted = (Math.log1p(Math.exp(3)) - 0.9 * 3 + Math.log(2)) / 2;
      assertThat(losses[0]).isCloseTo(wanted, within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new BinaryCrossEntropy(value))
        .withMessageContaining("smoothing of bce");
  }
}
