package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.loss.LossProbe.Result;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every loss on several labels an image owes its callers. */
class MultiLabelLossTest {
  private static final int N = 5;
  private static final int K = 4;
  private static final double[] WEIGHTS = {0.5, 2, 1.25, 0};

  private Scope scope;
  private Tensor logits;
  private double[] carried;
  private Targets.MultiHot sets;

  static Stream<Loss> losses() {
    return Stream.concat(
        Losses.CATALOGUE.all().stream()
            .map(spec -> Losses.CATALOGUE.create(Spec.parse(spec.name())))
            .filter(loss -> loss.task() == Task.MANY_LABELS),
        Stream.of(new AsymmetricLoss(1, 2, 0)));
  }

  static Stream<Loss> ofOneLabel() {
    return Losses.CATALOGUE.all().stream()
        .map(spec -> Losses.CATALOGUE.create(Spec.parse(spec.name())))
        .filter(loss -> loss.task() == Task.ONE_LABEL);
  }

  @BeforeEach
  void openScope() {
    scope = new Scope();
    logits = Tensors.ofDoubles(LossProbe.logits(11, N * K, 3), N, K);
    carried = new SplittableRandom(3).ints(N * K, 0, 2).asDoubleStream().toArray();
    Arrays.fill(carried, 0, K, 0); // an image without labels
    Arrays.fill(carried, K, 2 * K, 1); // and one with all
    sets = new Targets.MultiHot(Tensors.ofDoubles(carried, N, K), null);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private Targets.MultiHot weighted() {
    return new Targets.MultiHot(sets.carried(), LossProbe.vector(WEIGHTS));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void isTheSumOfItsDecisions(Loss loss) {
    double[] whole = LossProbe.losses(loss, logits, weighted());
    double[] sums = new double[N];
    for (int k = 0; k < K; k++) {
      // The others' weights are 0, which leaves one decision.
      double[] only = new double[K];
      only[k] = 1;
      Targets one = new Targets.MultiHot(sets.carried(), LossProbe.vector(only));
      double[] decision = LossProbe.losses(loss, logits, one);
      for (int i = 0; i < N; i++) {
        sums[i] += WEIGHTS[k] * decision[i];
      }
    }
    assertThat(whole).containsExactly(sums, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithCentralDifferences(Loss loss) {
    double step = 1e-5;
    for (Targets targets : List.of(sets, weighted())) {
      double[] gradient = LossProbe.run(loss, logits, targets).gradient();
      for (int at = 0; at < N * K; at++) {
        double[] up = shifted(at, step);
        double[] down = shifted(at, -step);
        double slope =
            (LossProbe.losses(loss, Tensors.ofDoubles(up, N, K), targets)[at / K]
                    - LossProbe.losses(loss, Tensors.ofDoubles(down, N, K), targets)[at / K])
                / (2 * step);
        assertThat(gradient[at]).isCloseTo(slope, within(1e-8));
      }
    }
  }

  private double[] shifted(int at, double by) {
    double[] values = LossProbe.toDoubles(logits);
    values[at] += by;
    return values;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void staysFiniteAtLogitsOfTenThousand(Loss loss) {
    Tensor extreme =
        LossProbe.matrix(
                new double[] {1e4, -1e4, 1e4, -1e4},
                new double[] {-1e4, 1e4, -1e4, 0},
                new double[] {1e4, 1e4, 1e4, 1e4},
                new double[] {-1e4, -1e4, -1e4, -1e4},
                new double[] {0, 1e4, -1e4, 0})
            .to(ScalarType.Float);
    Result result = LossProbe.run(loss, extreme, sets);
    assertThat(Arrays.stream(result.losses())).allMatch(Double::isFinite);
    assertThat(Arrays.stream(result.gradient())).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void widensSixteenBitLogits(Loss loss) {
    Tensor rounded = logits.to(ScalarType.BFloat16);
    Tensor found = loss.perSample(rounded, sets);
    assertThat(found.scalar_type().intern()).isEqualTo(ScalarType.Float);
    assertThat(LossProbe.toDoubles(found))
        .containsExactly(LossProbe.losses(loss, rounded.to(ScalarType.Float), sets), within(0.0));
    assertThat(loss.perSample(logits, sets).scalar_type().intern()).isEqualTo(ScalarType.Double);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void refusesOneClassASampleAndOtherShapes(Loss loss) {
    assertThat(loss.takesDistributions()).isFalse();
    refuses(loss, logits, LossProbe.classes(0, 1, 2, 3, 0), "is for several labels per image");
    refuses(loss, logits.narrow(0, 0, 2), sets, "5 targets for 2 rows");
    refuses(loss, torch.zeros(N, 3), sets, "4 target labels for 3 classes");
    refuses(loss, torch.zeros(N, K).to(ScalarType.Long), sets, "floating");
  }

  @ParameterizedTest
  @MethodSource("ofOneLabel")
  void isRefusedByEveryLossOfOneLabel(Loss loss) {
    refuses(loss, logits, sets, "several labels each");
  }

  private static void refuses(Loss loss, Tensor given, Targets targets, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.perSample(given, targets))
        .withMessageContaining(reason);
  }

  @Test
  void withoutFocusAndClipAsymmetricIsBinaryCrossEntropy() {
    Result wanted = LossProbe.run(new MultiLabelCrossEntropy(), logits, weighted());
    Result got = LossProbe.run(new AsymmetricLoss(0, 0, 0), logits, weighted());
    assertThat(got.losses()).containsExactly(wanted.losses(), within(1e-12));
    assertThat(got.gradient()).containsExactly(wanted.gradient(), within(1e-12));
  }

  @Test
  void aNearlyCertainLabelKeepsItsLossAndGradientInFloat32() {
    Tensor z = LossProbe.matrix(new double[] {16, -16}).to(ScalarType.Float);
    Targets first = new Targets.MultiHot(LossProbe.matrix(new double[] {1, 0}), null);
    Result result = LossProbe.run(new MultiLabelCrossEntropy(), z, first);
    double each = Math.log1p(Math.exp(-16));
    assertThat(result.losses()[0]).isCloseTo(2 * each, within(1e-6 * each));
    assertThat(result.gradient()[0]).isCloseTo(-each, within(1e-5 * each));
    assertThat(result.gradient()[1]).isCloseTo(each, within(1e-5 * each));
  }

  @Test
  void aNegativeBelowTheClipCountsNothing() {
    Tensor unlikely = LossProbe.matrix(new double[] {-4, -5}); // σ(−4) = .018
    Targets none = new Targets.MultiHot(torch.zeros(1, 2), null);
    Result result = LossProbe.run(new AsymmetricLoss(0, 4, 0.05), unlikely, none);
    assertThat(result.losses()).containsExactly(0);
    assertThat(result.gradient()).containsExactly(0, 0);
  }

  @Test
  void everySampleWeighsOneWhateverItsClassesWeigh() {
    assertThat(LossProbe.toDoubles(weighted().weights())).containsOnly(1.0).hasSize(N);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asymmetric(positive=-1)",
        "asymmetric(negative=0.5)",
        "asymmetric(negative=NaN)",
        "asymmetric(clip=1)",
        "asymmetric(clip=0.0000001)",
        "asymmetric(clip=-0.1)"
      })
  void refusesValuesThatBreakTheirRule(String text) {
    Spec spec = Spec.parse(text);
    String named = spec.parameters().keySet().iterator().next();
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.create(spec))
        .withMessageContaining("Parameter " + named + " of asymmetric");
  }

  @Test
  void bothTasksHaveLosses() {
    assertThat(losses().count()).isGreaterThanOrEqualTo(3);
    assertThat(Losses.CATALOGUE.all()).extracting(MethodSpec::name).contains("multilabel-bce");
  }
}
