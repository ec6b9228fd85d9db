package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolyOneTest {
  @Test
  void epsilonZeroIsCrossEntropy() {
    LossProbe.assertAlike(new CrossEntropy(), new PolyOne(0));
  }

  @Test
  void addsTheProbabilityOfBeingWrong() {
    try (Scope scope = new Scope()) {
      double[] losses =
          LossProbe.losses(new PolyOne(2), LossProbe.logitsOf(0.25), LossProbe.classes(0));
      assertThat(losses[0]).isCloseTo(Math.log(4) + 1.5, within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new PolyOne(value))
        .withMessageContaining("epsilon of poly1");
  }
}
