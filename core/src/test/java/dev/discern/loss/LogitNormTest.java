package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitNormTest extends LossContract {
  @Override
  Loss loss() {
    return new LogitNorm(0.5);
  }

  @Test
  void doesNotDependOnTheLogitsLength() {
    try (Scope scope = new Scope()) {
      Tensor logits = Tensors.ofDoubles(LossProbe.logits(23, 20, 3), 5, 4);
      Targets targets = LossProbe.classes(0, 1, 2, 3, 0);
      double[] once = LossProbe.losses(loss(), logits, targets);
      assertThat(LossProbe.losses(loss(), logits.mul(new Scalar(7.0)), targets))
          .containsExactly(once, within(1e-6));
    }
  }

  @Test
  void isCrossEntropyOfLogitsOfLengthOneOverT() {
    try (Scope scope = new Scope()) {
      double[] losses =
          LossProbe.losses(loss(), LossProbe.matrix(new double[] {3, 4}), LossProbe.classes(0));
      // (.6, .8) / .5
      assertThat(losses[0]).isCloseTo(Math.log1p(Math.exp(0.4)), within(1e-7));
    }
  }

  @Test
  void isFiniteWhereAllLogitsAreZero() {
    try (Scope scope = new Scope()) {
      Result result = LossProbe.run(loss(), torch.zeros(2, 3), LossProbe.classes(0, 1));
      assertThat(result.losses())
          .containsExactly(new double[] {Math.log(3), Math.log(3)}, within(1e-6));
      assertThat(Arrays.stream(result.gradient())).allMatch(Double::isFinite);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new LogitNorm(value))
        .withMessageContaining("temperature of logit-norm");
  }
}
