package dev.discern.loss;

import static dev.discern.loss.LossProbe.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompetingRatioLossTest {
  private static final int N = 6;
  private static final int K = 5;
  private static final Offset<Double> EXACT = within(1e-12);

  @Nested
  class WithTheSmallestAlphaOfTheShortForm extends LossContract {
    @Override
    Loss loss() {
      return new CompetingRatioLoss(0.01, 2);
    }
  }

  @Nested
  class WithATinyAlpha extends LossContract {
    @Override
    Loss loss() {
      return new CompetingRatioLoss(1e-60, 1);
    }
  }

  @Nested
  class WithoutAlpha extends LossContract {
    @Override
    Loss loss() {
      return new CompetingRatioLoss(0, 0.5);
    }
  }

  @Nested
  class WithoutBeta extends LossContract {
    @Override
    Loss loss() {
      return new CompetingRatioLoss(0, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 5.5175, 5.2933, 4.6001",
    "0.10, 3.1781, 2.9444, 2.2499",
    "0.50, 1.3863, 1.0986, 0.3466",
    "0.90, 0.5754, 0.2007, -1.0459",
    "0.99, 0.4222, 0.0200, -2.2925"
  })
  void hasItsReferenceValues(double p, double authors, double ones, double noAlpha) {
    try (Scope scope = new Scope()) {
      assertThat(lossAt(p, 1.5, 1)).isCloseTo(authors, within(5e-5));
      assertThat(lossAt(p, 1, 1)).isCloseTo(ones, within(5e-5));
      assertThat(lossAt(p, 0, 0.5)).isCloseTo(noAlpha, within(5e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 1.0040, 1.0050",
    "0.10, 1.0417, 1.0526",
    "0.50, 1.2500, 1.3333",
    "0.90, 1.5625, 1.8182",
    "0.99, 1.6556, 1.9802"
  })
  void hasItsReferenceGains(double p, double authors, double ones) {
    try (Scope scope = new Scope()) {
      assertThat(gainAt(p, 1.5, 1)).isCloseTo(authors, within(5e-5));
      assertThat(gainAt(p, 1, 1)).isCloseTo(ones, within(5e-5));
    }
  }

  @Test
  void isCrossEntropyWhereBetaIsZero() {
    agree(new CompetingRatioLoss(1.5, 0), new CrossEntropy());
    agree(new CompetingRatioLoss(0, 0), new CrossEntropy());
  }

  @Test
  void isTheLikelihoodRatioWhereAlphaIsZeroAndBetaOne() {
    agree(new CompetingRatioLoss(0, 1), new NegativeLogLikelihoodRatio());
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1", "0.3, 2.5", "0.004, 1", "0, 0.5", "4, 0"})
  void stretchesTheGradientOfCrossEntropyByItsGain(double alpha, double beta) {
    try (Scope scope = new Scope()) {
      Tensor logits = logits();
      Targets.Classes targets = LossProbe.classes(0, 1, 2, 3, 4, 0);
      double[] gradient =
          LossProbe.run(new CompetingRatioLoss(alpha, beta), logits, targets).gradient();
      double[] p = toDoubles(logits.softmax(1));
      for (int i = 0; i < N; i++) {
        int y = i % K;
        double py = p[i * K + y];
        double gain = 1 + beta * py / (alpha + 1 - py);
        for (int k = 0; k < K; k++) {
          double wanted = gain * (p[i * K + k] - (k == y ? 1 : 0));
          assertThat(gradient[i * K + k]).isCloseTo(wanted, EXACT);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1", "1, 1", "0.2, 3", "0.001, 1"})
  void liesAboveItsFloorAndReachesItWhenSure(double alpha, double beta) {
    Loss loss = new CompetingRatioLoss(alpha, beta);
    double floor = beta * Math.log(alpha);
    try (Scope scope = new Scope()) {
      double[] losses = LossProbe.losses(loss, logits(), LossProbe.classes(0, 1, 2, 3, 4, 0));
      assertThat(Arrays.stream(losses)).allMatch(value -> value > floor);
      Tensor sure = LossProbe.matrix(new double[] {1000, 0, 0}).to(ScalarType.Float);
      assertThat(LossProbe.losses(loss, sure, LossProbe.classes(0))[0])
          .isCloseTo(floor, within(2e-6));
    }
  }

  /** Both forms must meet at the α where one takes over from the other, in float32 as well. */
  @ParameterizedTest
  @ValueSource(doubles = {-5, 0, 4, 8, 12, 20})
  void doesNotJumpWhereItsFormChanges(double margin) {
    try (Scope scope = new Scope()) {
      Tensor logits = LossProbe.matrix(new double[] {margin, 0, 0.5}).to(ScalarType.Float);
      Targets targets = LossProbe.classes(0);
      Result below = LossProbe.run(new CompetingRatioLoss(Math.nextDown(0.01), 1), logits, targets);
      Result at = LossProbe.run(new CompetingRatioLoss(0.01, 1), logits, targets);
      assertThat(below.losses()).containsExactly(at.losses(), within(2e-5));
      assertThat(below.gradient()).containsExactly(at.gradient(), within(2e-5));
    }
  }

  @Test
  void keepsTheCompetingMassOfASureFloat32ClassifierBesideATinyAlpha() {
    try (Scope scope = new Scope()) {
      Tensor sure = LossProbe.matrix(new double[] {25, 0}).to(ScalarType.Float);
      double loss =
          LossProbe.losses(new CompetingRatioLoss(1e-9, 1), sure, LossProbe.classes(0))[0];
      assertThat(loss).isCloseTo(Math.log(1e-9 + Math.exp(-25)), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsNegativeAndNonFiniteParameters(double bad) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new CompetingRatioLoss(bad, 1))
        .withMessageContainingAll("alpha", "crl", Double.toString(bad), "finite", "at least 0");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new CompetingRatioLoss(1.5, bad))
        .withMessageContainingAll("beta", "crl", Double.toString(bad), "finite", "at least 0");
  }

  private static void agree(Loss one, Loss other) {
    try (Scope scope = new Scope()) {
      Targets.Classes classes = LossProbe.classes(0, 1, 2, 3, 4, 0);
      Tensor mixed = Tensors.ofDoubles(LossProbe.distributions(22, N, K), N, K);
      for (Targets targets : new Targets[] {classes, new Targets.Distribution(mixed, null)}) {
        Result ours = LossProbe.run(one, logits(), targets);
        Result theirs = LossProbe.run(other, logits(), targets);
        assertThat(ours.losses()).containsExactly(theirs.losses(), EXACT);
        assertThat(ours.gradient()).containsExactly(theirs.gradient(), EXACT);
      }
    }
  }

  private static Tensor logits() {
    return Tensors.ofDoubles(LossProbe.logits(21, N * K, 4), N, K);
  }

  private static double lossAt(double p, double alpha, double beta) {
    return LossProbe.losses(
        new CompetingRatioLoss(alpha, beta), LossProbe.logitsOf(p), LossProbe.classes(0))[0];
  }

  // Of two classes, the second one's gradient is w(p)·(1 − p).
  private static double gainAt(double p, double alpha, double beta) {
    Result result =
        LossProbe.run(
            new CompetingRatioLoss(alpha, beta), LossProbe.logitsOf(p), LossProbe.classes(0));
    return result.gradient()[1] / (1 - p);
  }
}
