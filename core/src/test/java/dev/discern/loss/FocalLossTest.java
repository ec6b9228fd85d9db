package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FocalLossTest {
  @Test
  void gammaZeroIsCrossEntropy() {
    LossProbe.assertAlike(new CrossEntropy(), new FocalLoss(0));
  }

  @Test
  void isFiniteWithASlopeAtCertaintyForSmallGamma() {
    try (Scope scope = new Scope()) {
      Tensor sure = LossProbe.matrix(new double[] {900, 0, -900});
      Result result = LossProbe.run(new FocalLoss(0.5), sure, LossProbe.classes(0));
      assertThat(result.losses()).containsExactly(new double[] {0}, within(1e-30));
      assertThat(result.gradient()).containsExactly(new double[3], within(1e-30));
    }
  }

  @Test
  void bothFormsOfTheFactorAgreeWhereTheyMeet() {
    try (Scope scope = new Scope()) {
      Tensor logits = Tensors.ofDoubles(LossProbe.logits(22, 20, 3), 5, 4);
      Targets targets = LossProbe.classes(0, 1, 2, 3, 0);
      double[] below = LossProbe.losses(new FocalLoss(Math.nextDown(1.0)), logits, targets);
      assertThat(LossProbe.losses(new FocalLoss(1), logits, targets))
          .containsExactly(below, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatBreakTheRule(double value) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new FocalLoss(value))
        .withMessageContaining("gamma of focal");
  }
}
