package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.torch.Scope;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private static Loss loss() {
    return new CrossEntropy();
  }

  @Test
  void isTheNegativeLogProbabilityOfTheTrueClass() {
    try (Scope scope = new Scope()) {
      double[] losses = LossProbe.losses(loss(), LossProbe.logitsOf(0.25), LossProbe.classes(0));
      assertThat(losses[0]).isCloseTo(Math.log(4), within(1e-15));
    }
  }
}
