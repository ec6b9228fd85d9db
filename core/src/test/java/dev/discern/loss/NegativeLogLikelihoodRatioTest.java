package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeLogLikelihoodRatioTest {
  private static Loss loss() {
    return new NegativeLogLikelihoodRatio();
  }

  @ParameterizedTest
  @CsvSource({"0.01, 4.5951", "0.10, 2.1972", "0.50, 0", "0.90, -2.1972", "0.99, -4.5951"})
  void hasItsReferenceValues(double p, double expected) {
    try (Scope scope = new Scope()) {
      double[] losses = LossProbe.losses(loss(), LossProbe.logitsOf(p), LossProbe.classes(0));
      assertThat(losses[0]).isCloseTo(expected, within(5e-5));
    }
  }

  @Test
  void isTheMarginOfTheTrueLogitInFloat32HoweverSureTheClassifier() {
    try (Scope scope = new Scope()) {
      Tensor sure = LossProbe.matrix(new double[] {50, 0, 0}).to(ScalarType.Float);
      Result result = LossProbe.run(loss(), sure, LossProbe.classes(0));
      assertThat(result.losses()[0]).isCloseTo(Math.log(2) - 50, within(1e-5));
      // Log-probabilities near −50 are 4e-6 apart in float32.
      assertThat(result.gradient()).containsExactly(new double[] {-1, 0.5, 0.5}, within(4e-6));
    }
  }
}
