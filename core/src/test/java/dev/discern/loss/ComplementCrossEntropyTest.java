package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplementCrossEntropyTest {
  private static Loss loss() {
    return new ComplementCrossEntropy(-1);
  }

  @Test
  void gammaZeroIsCrossEntropy() {
    LossProbe.assertAlike(new CrossEntropy(), new ComplementCrossEntropy(0));
  }

  @Test
  void rewardsWrongClassesThatShareEvenly() {
    try (Scope scope = new Scope()) {
      Tensor logits = LossProbe.matrix(new double[] {1, 0, 0, 0}, new double[] {1, 5, -5, -5});
      double[] plain = LossProbe.losses(new CrossEntropy(), logits, LossProbe.classes(0, 0));
      double[] losses = LossProbe.losses(loss(), logits, LossProbe.classes(0, 0));
      // Even: the entropy of three equal shares, ln 3, over K − 1 = 3.
      assertThat(losses[0]).isCloseTo(plain[0] - Math.log(3) / 3, within(1e-14));
      assertThat(plain[1] - losses[1]).as("one rival takes it all").isBetween(0.0, 0.001);
    }
  }

  @Test
  void withTwoClassesThereIsOneRivalAndNoEntropy() {
    try (Scope scope = new Scope()) {
      Tensor logits = LossProbe.logitsOf(0.3);
      assertThat(LossProbe.losses(loss(), logits, LossProbe.classes(0)))
          .containsExactly(new double[] {-Math.log(0.3)}, within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new ComplementCrossEntropy(value))
        .withMessageContaining("gamma of complement-ce");
  }
}
