package discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import discern.config.InvalidConfig;
import discern.config.Spec;
import discern.head.BuiltHead.Step;
import discern.loss.Losses;
import discern.loss.Targets;
import discern.torch.Devices;
import discern.torch.ParameterStore;
import discern.torch.Scope;
import discern.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every head that owns more than logits, for one class an image, owes its callers. */
class HeadContractTest {
  private static final int[] CLASSES = {0, 3, 1, 1, 2, 0};

  static Stream<String> own() {
    List<String> onLogits = Losses.CATALOGUE.all().stream().map(spec -> spec.name()).toList();
    return Methods.CATALOGUE.all().stream()
        .map(spec -> spec.name())
        .filter(name -> !onLogits.contains(name) && !name.equals("two-way-metric"));
  }

  private static Tensor pooled(double scale) {
    double[] values =
        new SplittableRandom(5)
            .doubles((long) CLASSES.length * BuiltHead.FEATURES, 0, scale)
            .toArray();
    return Tensors.ofDoubles(values, CLASSES.length, BuiltHead.FEATURES).to(ScalarType.Float);
  }

  private static Targets.Classes targets(double... weights) {
    return new Targets.Classes(
        Tensors.ofClasses(CLASSES),
        weights.length == 0
            ? null
            : Tensors.ofDoubles(weights, weights.length).to(ScalarType.Float));
  }

  private static double[] values(Tensor tensor) {
    return Tensors.toDoubles(tensor.detach().to(ScalarType.Double).flatten());
  }

  private static double term(Map<String, Tensor> terms, String name) {
    return Objects.requireNonNull(terms.get(name), name).item_double();
  }

  @ParameterizedTest
  @MethodSource("own")
  void givesALossForEachSampleAndLogitsForEachClass(String name) {
    try (Scope scope = new Scope()) {
      HeadLoss loss = BuiltHead.of(name).step(pooled(2), targets()).loss();
      assertThat(loss.perSample().shape()).containsExactly(CLASSES.length);
      assertThat(loss.logits().shape()).containsExactly(CLASSES.length, BuiltHead.CLASSES);
      assertThat(loss.logits().scalar_type().intern()).isEqualTo(ScalarType.Float);
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void multipliesEachSampleByItsClassesWeight(String name) {
    try (Scope scope = new Scope()) {
      double[] weights = {0.5, 2, 1.25, 0};
      double[] plain = values(BuiltHead.of(name).step(pooled(2), targets()).loss().perSample());
      double[] weighted =
          values(BuiltHead.of(name).step(pooled(2), targets(weights)).loss().perSample());
      for (int i = 0; i < CLASSES.length; i++) {
        assertThat(weighted[i]).isCloseTo(weights[CLASSES[i]] * plain[i], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void refusesMixedTargetsWithTheReason(String name) {
    try (Scope scope = new Scope()) {
      Targets mixed = targets().smoothed(0.1, BuiltHead.CLASSES);
      BuiltHead built = BuiltHead.of(name);
      assertThat(Methods.CATALOGUE.create(Spec.parse(name)).takesDistributions()).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> built.head().loss(BuiltHead.features(pooled(1)), mixed))
          .withMessageContaining("needs one right class a sample");
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void staysFiniteWithFeaturesThatAreZeroOrHuge(String name) {
    try (Scope scope = new Scope()) {
      for (double scale : new double[] {0, 1e-6, 1e3}) {
        Step step = BuiltHead.of(name).step(pooled(1).mul(new Scalar(scale)), targets());
        assertThat(step.total()).isFinite();
        for (String tensor : step.names()) {
          assertThat(Arrays.stream(step.gradient(tensor))).as(tensor).allMatch(Double::isFinite);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void descends(String name) {
    // Seesaw's gradient is not its value's: the compensation is held constant.
    assumeFalse(name.equals("seesaw"));
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of(name);
      Tensor x = pooled(2);
      Step before = built.step(x, targets());
      Tensor slope =
          Tensors.ofDoubles(before.gradient("x"), CLASSES.length, BuiltHead.FEATURES)
              .to(ScalarType.Float);
      double squared = Arrays.stream(before.gradient("x")).map(g -> g * g).sum();
      double step = 1e-3 / Math.sqrt(squared);
      double after = built.step(x.sub(slope, new Scalar(step)), targets()).total();
      // By first order the loss falls by step·‖g‖².
      assertThat((before.total() - after) / (step * squared)).isCloseTo(1, within(0.05));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cosface(scale=10)", "arcface(scale=10)", "sphereface(mix=0)", "l-softmax(mix=0)"})
  void isFiniteAtAngleZeroAndAngleTwoRightAngles(String spec) {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of(spec);
      Tensor weight = built.parameter("fc.weight").detach();
      // Each class's own weight as the feature, and its opposite.
      for (double sign : new double[] {1, -1}) {
        Targets.Classes own = new Targets.Classes(Tensors.ofClasses(new int[] {0, 1, 2, 3}), null);
        Step step = built.step(weight.mul(new Scalar(sign)), own);
        assertThat(step.total()).isFinite();
        for (String tensor : step.names()) {
          assertThat(Arrays.stream(step.gradient(tensor))).as(tensor).allMatch(Double::isFinite);
        }
      }
    }
  }

  private static void same(String first, String second, double tolerance) {
    try (Scope scope = new Scope()) {
      Step one = BuiltHead.of(first).step(pooled(2), targets());
      Step two = BuiltHead.of(second).step(pooled(2), targets());
      assertThat(values(one.loss().logits()))
          .containsExactly(values(two.loss().logits()), within(tolerance));
      assertThat(values(one.loss().perSample()))
          .containsExactly(values(two.loss().perSample()), within(tolerance));
      assertThat(one.gradient("x")).containsExactly(two.gradient("x"), within(tolerance));
    }
  }

  @Test
  void oneMemberIsSoftMarginAndWithoutMarginCrossEntropy() {
    same("em-softmax(ensemble=1,margin=2)", "soft-margin(margin=2)", 0);
    same("em-softmax(ensemble=1,margin=0)", "ce", 0);
    same("em-softmax(ensemble=1,margin=0,diversity=9)", "ce", 0);
  }

  @Test
  void withoutMarginTheCosineHeadsAreNormalisedSoftmax() {
    same("cosface(scale=5,margin=0)", "arcface(scale=5,margin=0)", 0);
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of("cosface(scale=5,margin=0)");
      HeadLoss loss = built.step(pooled(2), targets()).loss();
      Tensor lp = loss.logits().log_softmax(1);
      double[] all = values(lp);
      double[] losses = values(loss.perSample());
      for (int i = 0; i < CLASSES.length; i++) {
        assertThat(losses[i]).isCloseTo(-all[i * BuiltHead.CLASSES + CLASSES[i]], within(1e-6));
      }
      assertThat(Arrays.stream(values(loss.logits()))).allMatch(z -> Math.abs(z) <= 5.00001);
    }
  }

  @Test
  void anAngleCountedOnceIsNoMargin() {
    same("l-softmax(margin=1,mix=0)", "l-softmax(margin=1,mix=7)", 1e-6);
    same("sphereface(margin=1,mix=0)", "sphereface(margin=1,mix=7)", 1e-6);
  }

  @Test
  void aCentreThatPullsNothingIsCrossEntropy() {
    same("center(weight=0)", "ce", 0);
  }

  @Test
  void centresTrainAtTheirOwnRate() {
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(0, Devices.of("cpu"));
      Methods.CATALOGUE
          .create(Spec.parse("center(rate=40)"))
          .build(store, new HeadShape(5, 3, List.of()));
      assertThat(store.ownRates()).containsOnlyKeys("centres.weight").containsValue(40.0);
    }
  }

  @Test
  void equalAttentionHasAFiniteGradient() {
    try (Scope scope = new Scope()) {
      Tensor row = pooled(2).narrow(0, 0, 1);
      Step step = BuiltHead.of("cc-loss(weight=1)").step(row.repeat(6, 1), targets());
      assertThat(term(step.loss().figures(), "intraDistance")).isZero();
      assertThat(Arrays.stream(step.gradient("x"))).allMatch(Double::isFinite);
    }
  }

  @Test
  void aBatchWithoutASecondImageOfAnyClassHasNoDistanceWithin() {
    try (Scope scope = new Scope()) {
      Targets.Classes apart = new Targets.Classes(Tensors.ofClasses(new int[] {0, 1, 2, 3}), null);
      Step step = BuiltHead.of("cc-loss(weight=1)").step(pooled(2).narrow(0, 0, 4), apart);
      assertThat(term(step.loss().batchTerms(), "intra")).isZero();
      assertThat(step.loss().figures())
          .as("no distance is no 0")
          .doesNotContainKey("intraDistance");
      assertThat(term(step.loss().batchTerms(), "inter")).isPositive();
      assertThat(Arrays.stream(step.gradient("x"))).allMatch(Double::isFinite);
    }
  }

  @Test
  void distancesAreThoseOfASlowLoop() {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of("cc-loss(weight=1,margin=3)");
      Tensor x = pooled(2);
      HeadLoss loss = built.step(x, targets()).loss();
      Tensor hidden =
          x.mm(built.parameter("attention.squeeze.weight").t())
              .add(built.parameter("attention.squeeze.bias"))
              .relu();
      double[] a =
          values(
              hidden
                  .mm(built.parameter("attention.excite.weight").t())
                  .add(built.parameter("attention.excite.bias"))
                  .sigmoid());
      double[] sums = new double[2];
      int[] pairs = new int[2];
      for (int i = 0; i < CLASSES.length; i++) {
        for (int j = 0; j < CLASSES.length; j++) {
          double squared = 0;
          for (int f = 0; f < BuiltHead.FEATURES; f++) {
            double d = a[i * BuiltHead.FEATURES + f] - a[j * BuiltHead.FEATURES + f];
            squared += d * d;
          }
          if (i != j) {
            int kind = CLASSES[i] == CLASSES[j] ? 0 : 1;
            sums[kind] += Math.sqrt(squared);
            pairs[kind]++;
          }
        }
      }
      assertThat(term(loss.batchTerms(), "intra")).isCloseTo(sums[0] / pairs[0], within(1e-6));
      assertThat(term(loss.batchTerms(), "inter")).isCloseTo(3 - sums[1] / pairs[1], within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "em-softmax(ensemble=2.5)",
        "em-softmax(ensemble=0)",
        "em-softmax(margin=-1)",
        "em-softmax(diversity=NaN)",
        "cc-loss(margin=0)",
        "cc-loss(weight=-1)",
        "cc-loss(reduction=0.5)",
        "seesaw(p=-1)",
        "l-softmax(margin=1.5)",
        "sphereface(margin=9)",
        "sphereface(mix=-1)",
        "cosface(scale=0)",
        "cosface(margin=2)",
        "arcface(margin=2)",
        "arcface(scale=NaN)",
        "center(weight=-1)",
        "center(rate=NaN)",
        "lgm(margin=-1)",
        "lgm(weight=Infinity)"
      })
  void refusesValuesThatBreakTheirRule(String text) {
    Spec spec = Spec.parse(text);
    String named = spec.parameters().keySet().iterator().next();
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Methods.CATALOGUE.canonical(spec))
        .withMessageContaining("Parameter " + named + " of " + spec.name());
  }

  @Test
  void aBatchOfOneClassHasNoDistanceBetweenClasses() {
    try (Scope scope = new Scope()) {
      Targets.Classes one = new Targets.Classes(Tensors.ofClasses(new int[] {2, 2, 2}), null);
      Step step = BuiltHead.of("cc-loss(weight=1)").step(pooled(2).narrow(0, 0, 3), one);
      assertThat(term(step.loss().batchTerms(), "inter")).isZero();
      assertThat(step.loss().figures()).doesNotContainKey("interDistance");
    }
  }
}
