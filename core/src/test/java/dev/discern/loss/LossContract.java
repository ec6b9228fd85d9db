package dev.discern.loss;

import static dev.discern.loss.LossProbe.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every loss on logits owes its callers. A loss inherits all of it by saying how it is made.
 */
abstract class LossContract {
  private static final int N = 5;
  private static final int K = 4;
  private static final int[] CLASSES = {0, 3, 1, 1, 2};
  private static final int[] PERMUTATION = {3, 0, 4, 1, 2};
  private static final double[] CLASS_WEIGHTS = {0.5, 2, 1.25, 0};
  private static final Offset<Double> EXACT = within(1e-12);

  private Scope scope;
  private Tensor logits;
  private Targets.Classes classes;
  private Tensor classWeights;
  private Targets.Distribution distribution;

  /** The loss under test. */
  abstract Loss loss();

  @BeforeEach
  void openScope() {
    scope = new Scope();
    logits = Tensors.ofDoubles(LossProbe.logits(11, N * K, 3), N, K);
    classes = LossProbe.classes(CLASSES);
    classWeights = LossProbe.vector(CLASS_WEIGHTS);
    distribution =
        new Targets.Distribution(Tensors.ofDoubles(LossProbe.distributions(12, N, K), N, K), null);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void givesOneLossForEachSample() {
    assertThat(loss().perSample(logits, classes).shape()).containsExactly(N);
    if (loss().takesDistributions()) {
      assertThat(loss().perSample(logits, distribution).shape()).containsExactly(N);
    }
  }

  @Test
  void refusesADistributionThatHasNoMeaningForIt() {
    if (!loss().takesDistributions()) {
      refuses(logits, distribution, "needs one true class per sample");
    }
  }

  @Test
  void givesNoLossForAnEmptyBatch() {
    Tensor none = logits.narrow(0, 0, 0);
    assertThat(loss().perSample(none, LossProbe.classes()).shape()).containsExactly(0);
  }

  @Test
  void judgesEachSampleApartFromItsBatch() {
    for (Targets targets : allTargets()) {
      Result whole = LossProbe.run(loss(), logits, targets);
      for (int i = 0; i < N; i++) {
        Result alone = LossProbe.run(loss(), row(logits, i), rows(targets, i));
        assertThat(alone.losses()[0]).isCloseTo(whole.losses()[i], EXACT);
        assertThat(alone.gradient())
            .containsExactly(Arrays.copyOfRange(whole.gradient(), i * K, (i + 1) * K), EXACT);
      }
    }
  }

  @Test
  void permutesWithItsBatch() {
    for (Targets targets : allTargets()) {
      double[] straight = LossProbe.losses(loss(), logits, targets);
      Tensor index = Tensors.ofClasses(PERMUTATION);
      double[] permuted =
          LossProbe.losses(loss(), logits.index_select(0, index), rows(targets, PERMUTATION));
      assertThat(permuted)
          .containsExactly(
              Arrays.stream(PERMUTATION).mapToDouble(i -> straight[i]).toArray(), EXACT);
    }
  }

  @Test
  void multipliesByTheTrueClassesWeight() {
    Result plain = LossProbe.run(loss(), logits, classes);
    Result weighted = LossProbe.run(loss(), logits, weighted(classes));
    for (int i = 0; i < N; i++) {
      double weight = CLASS_WEIGHTS[CLASSES[i]];
      assertThat(weighted.losses()[i]).isCloseTo(weight * plain.losses()[i], EXACT);
      for (int j = i * K; j < (i + 1) * K; j++) {
        assertThat(weighted.gradient()[j]).isCloseTo(weight * plain.gradient()[j], EXACT);
      }
    }
  }

  @Test
  void takesAOneHotDistributionAsItsClass() {
    assumeTrue(loss().takesDistributions());
    Tensor onehot = torch.one_hot(classes.classes(), K).to(ScalarType.Double);
    Result wanted = LossProbe.run(loss(), logits, weighted(classes));
    Result got = LossProbe.run(loss(), logits, new Targets.Distribution(onehot, classWeights));
    assertThat(got.losses()).containsExactly(wanted.losses(), EXACT);
    assertThat(got.gradient()).containsExactly(wanted.gradient(), EXACT);
  }

  @Test
  void isLinearInTheTargetDistribution() {
    assumeTrue(loss().takesDistributions());
    double share = 0.3;
    Tensor other = Tensors.ofDoubles(LossProbe.distributions(13, N, K), N, K);
    Tensor mix =
        distribution.probabilities().mul(new Scalar(share)).add(other.mul(new Scalar(1 - share)));
    double[] first = LossProbe.losses(loss(), logits, weighted(distribution));
    double[] second =
        LossProbe.losses(loss(), logits, new Targets.Distribution(other, classWeights));
    double[] mixed = LossProbe.losses(loss(), logits, new Targets.Distribution(mix, classWeights));
    for (int i = 0; i < N; i++) {
      assertThat(mixed[i]).isCloseTo(share * first[i] + (1 - share) * second[i], EXACT);
    }
  }

  /** Whether the gradient is that of the value; false where a factor is held constant. */
  boolean differentiable() {
    return true;
  }

  @Test
  void agreesWithCentralDifferences() {
    assumeTrue(differentiable());
    double step = 1e-5;
    for (Targets targets : allTargets()) {
      double[] gradient = LossProbe.run(loss(), logits, targets).gradient();
      for (int k = 0; k < K; k++) {
        double[] up = lossesWithShiftedClass(k, step, targets);
        double[] down = lossesWithShiftedClass(k, -step, targets);
        for (int i = 0; i < N; i++) {
          double slope = (up[i] - down[i]) / (2 * step);
          assertThat(gradient[i * K + k]).isCloseTo(slope, within(1e-8));
        }
      }
    }
  }

  @Test
  void followsItsCurveWhereItHasOne() {
    if (loss().curve().isEmpty()) {
      return;
    }
    ProbabilityCurve curve = loss().curve().orElseThrow();
    Result result = LossProbe.run(loss(), logits, classes);
    double[] lp = toDoubles(logits.log_softmax(1));
    for (int i = 0; i < N; i++) {
      double ofTrue = lp[i * K + CLASSES[i]];
      assertThat(curve.value().applyAsDouble(ofTrue)).isCloseTo(result.losses()[i], EXACT);
      for (int k = 0; k < K; k++) {
        double ofCrossEntropy = Math.exp(lp[i * K + k]) - (k == CLASSES[i] ? 1 : 0);
        assertThat(result.gradient()[i * K + k])
            .isCloseTo(curve.gain().applyAsDouble(ofTrue) * ofCrossEntropy, EXACT);
      }
    }
  }

  @Test
  void computesSixteenBitLogitsInFloat32() {
    for (ScalarType narrow : List.of(ScalarType.BFloat16, ScalarType.Half)) {
      Tensor rounded = logits.to(narrow);
      for (Targets targets : allTargets()) {
        Tensor losses = loss().perSample(rounded, targets);
        assertThat(losses.scalar_type().intern()).isEqualTo(ScalarType.Float);
        assertThat(toDoubles(losses))
            .containsExactly(
                LossProbe.losses(loss(), rounded.to(ScalarType.Float), targets), within(0.0));
      }
    }
  }

  @Test
  void keepsFloat32AndFloat64() {
    for (Targets targets : allTargets()) {
      assertThat(loss().perSample(logits, targets).scalar_type().intern())
          .isEqualTo(ScalarType.Double);
      Tensor single = logits.to(ScalarType.Float);
      assertThat(loss().perSample(single, targets).scalar_type().intern())
          .isEqualTo(ScalarType.Float);
    }
  }

  @Test
  void staysFiniteAtLogitsOfTenThousand() {
    // Row by row: class 0 dominates, class 0 is hopeless, two tie on top, two tie at the bottom.
    Tensor extreme =
        LossProbe.matrix(
                new double[] {1e4, -1e4, -1e4, -1e4},
                new double[] {-1e4, 1e4, -1e4, 0},
                new double[] {1e4, 1e4, -1e4, 0},
                new double[] {-1e4, -1e4, 1e4, 1e4})
            .to(ScalarType.Float);
    List<Targets> extremes = new ArrayList<>();
    for (int y = 0; y < K; y++) {
      extremes.add(new Targets.Classes(Tensors.ofClasses(new int[] {y, y, y, y}), classWeights));
    }
    if (loss().takesDistributions()) {
      extremes.add(
          new Targets.Distribution(
              Tensors.ofDoubles(LossProbe.distributions(14, 4, K), 4, K), classWeights));
    }
    for (Targets targets : extremes) {
      Result result = LossProbe.run(loss(), extreme, targets);
      assertThat(Arrays.stream(result.losses())).allMatch(Double::isFinite);
      assertThat(Arrays.stream(result.gradient())).allMatch(Double::isFinite);
    }
  }

  @Test
  void leavesItsInputsAlone() {
    double[] before = toDoubles(logits);
    double[] probabilities = toDoubles(distribution.probabilities());
    for (Targets targets : allTargets()) {
      Result unused = LossProbe.run(loss(), logits, targets);
      Tensor unusedToo = loss().perSample(logits, targets);
    }
    assertThat(toDoubles(logits)).containsExactly(before);
    assertThat(toDoubles(distribution.probabilities())).containsExactly(probabilities);
    assertThat(toDoubles(classWeights)).containsExactly(CLASS_WEIGHTS);
    assertThat(Tensors.toLongs(classes.classes())).containsExactly(0, 3, 1, 1, 2);
  }

  @Test
  void refusesASingleClass() {
    refuses(torch.zeros(N, 1), LossProbe.classes(0, 0, 0, 0, 0), "at least 2 classes");
  }

  @Test
  void refusesLogitsThatAreNoMatrix() {
    refuses(torch.zeros(N), classes, "[N, K]");
    refuses(torch.zeros(N, K, 1), classes, "[N, K]");
  }

  @Test
  void refusesIntegerLogits() {
    refuses(torch.zeros(N, K).to(ScalarType.Long), classes, "floating");
  }

  @Test
  void refusesAnotherNumberOfTargets() {
    refuses(logits, LossProbe.classes(0, 1), "2 targets for 5 rows");
    refuses(logits.narrow(0, 0, 2), classes, "5 targets for 2 rows");
  }

  @Test
  void refusesADistributionOverOtherClasses() {
    assumeTrue(loss().takesDistributions());
    refuses(
        logits, new Targets.Distribution(torch.ones(N, 3), null), "3 target probabilities for 4");
  }

  @Test
  void refusesAnotherNumberOfClassWeights() {
    refuses(
        logits,
        new Targets.Classes(classes.classes(), torch.ones(K + 1)),
        "5 class weights for 4 classes");
  }

  @Test
  void throwsForAClassOutOfRange() {
    for (int bad : new int[] {-1, K, Integer.MAX_VALUE}) {
      Targets.Classes wrong = LossProbe.classes(0, 1, bad, 2, 3);
      assertThatThrownBy(() -> loss().perSample(logits, wrong))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("out of bounds");
    }
  }

  private List<Targets> allTargets() {
    return loss().takesDistributions()
        ? List.of(classes, weighted(classes), distribution, weighted(distribution))
        : List.of(classes, weighted(classes));
  }

  private Targets.Classes weighted(Targets.Classes plain) {
    return new Targets.Classes(plain.classes(), classWeights);
  }

  private Targets.Distribution weighted(Targets.Distribution plain) {
    return new Targets.Distribution(plain.probabilities(), classWeights);
  }

  private static Tensor row(Tensor matrix, int i) {
    return matrix.narrow(0, i, 1);
  }

  private static Targets rows(Targets targets, int... rows) {
    Tensor index = Tensors.ofClasses(rows);
    if (targets instanceof Targets.Classes given) {
      return new Targets.Classes(given.classes().index_select(0, index), given.classWeights());
    }
    Targets.Distribution given = (Targets.Distribution) targets;
    return new Targets.Distribution(
        given.probabilities().index_select(0, index), given.classWeights());
  }

  // Samples do not touch each other, so one call shifts the same logit of them all.
  private double[] lossesWithShiftedClass(int k, double shift, Targets targets) {
    double[] shifted = toDoubles(logits);
    for (int i = 0; i < N; i++) {
      shifted[i * K + k] += shift;
    }
    return LossProbe.losses(loss(), Tensors.ofDoubles(shifted, N, K), targets);
  }

  private void refuses(Tensor given, Targets targets, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss().perSample(given, targets))
        .withMessageContaining(reason);
  }
}
