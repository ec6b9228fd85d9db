package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.head.BuiltHead.Step;
import dev.discern.loss.Losses;
import dev.discern.loss.Targets;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every head that owns more than logits, for one class per image, owes its callers. */
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
          .withMessageContaining("needs one true class per sample");
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

  static Stream<String> differentiable() {
    // With its compensation, which is held constant, seesaw's gradient is not its value's.
    // With its usual weight, the centres' gradient is below what a difference in float32 can tell.
    Map<String, String> spelled = Map.of("seesaw", "seesaw(q=0)", "center", "center(weight=1)");
    return own().map(name -> spelled.getOrDefault(name, name));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void agreesWithCentralDifferences(String spec) {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of(spec);
      Tensor x = pooled(2);
      Step step = built.step(x, targets());
      Map<String, Tensor> points = new LinkedHashMap<>(built.parameters());
      points.put("x", x);
      for (String name : step.names()) {
        double[] gradient = step.gradient(name);
        // Of a total of about 5 in float32, a difference over 2e-3 is known to about 5e-4.
        double tolerance = 2e-3 + 0.01 * Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < gradient.length; i++) {
          double slope = slope(built, x, Objects.requireNonNull(points.get(name)), i);
          assertThat(gradient[i]).as("%s[%d]", name, i).isCloseTo(slope, within(tolerance));
        }
      }
    }
  }

  private static double slope(BuiltHead built, Tensor x, Tensor point, int i) {
    double width = 1e-3;
    Tensor element = point.detach().view(-1).narrow(0, i, 1);
    Tensor before = element.clone();
    element.copy_(before.add(new Scalar(width)));
    double up = built.step(x, targets()).total();
    element.copy_(before.sub(new Scalar(width)));
    double down = built.step(x, targets()).total();
    element.copy_(before);
    return (up - down) / (2 * width);
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
    isCrossEntropyOf(
        "cosface(scale=5,margin=0)", (x, w) -> 5 * dot(x, w) / (length(x) * length(w)));
  }

  @Test
  void anAngleCountedOnceIsNoMargin() {
    isCrossEntropyOf("l-softmax(margin=1,mix=0)", (x, w) -> dot(x, w));
    isCrossEntropyOf("l-softmax(margin=1,mix=7)", (x, w) -> dot(x, w));
    isCrossEntropyOf("sphereface(margin=1,mix=0)", (x, w) -> dot(x, w) / length(w));
  }

  @Test
  void aGaussianWithoutMarginIsCrossEntropyOfItsDistances() {
    // Variances begin at 1, and the means take the place of the weights.
    isCrossEntropyOf(
        "lgm(margin=0,weight=0)",
        (x, mean) -> {
          double squared = 0;
          for (int f = 0; f < x.length; f++) {
            squared += (x[f] - mean[f]) * (x[f] - mean[f]);
          }
          return -squared / 2;
        });
  }

  @Test
  void smallVariancesAreNoWayToAnEverSmallerLoss() {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of("lgm(weight=1)");
      Tensor means = built.parameter("gaussian.mean").detach().clone();
      built.load(
          Map.of(
              "gaussian.mean",
              means,
              "gaussian.logvariance",
              torch.full_like(means, new Scalar(-6.0))));
      Tensor onTheirMeans = means.index_select(0, Tensors.ofClasses(CLASSES));
      assertThat(Arrays.stream(values(built.step(onTheirMeans, targets()).loss().perSample())))
          .allMatch(loss -> loss > -0.01 && loss < 1);
    }
  }

  /** A class's logit, written out. */
  private interface SlowLogit {
    double of(double[] feature, double[] weight);
  }

  private static void isCrossEntropyOf(String spec, SlowLogit logit) {
    try (Scope scope = new Scope()) {
      BuiltHead built = BuiltHead.of(spec);
      double[] x = values(pooled(2));
      double[] weight = values(built.parameters().values().iterator().next());
      double[] losses = values(built.step(pooled(2), targets()).loss().perSample());
      for (int i = 0; i < CLASSES.length; i++) {
        double[] z = new double[BuiltHead.CLASSES];
        for (int k = 0; k < z.length; k++) {
          z[k] = logit.of(row(x, i), row(weight, k));
        }
        double total = Arrays.stream(z).map(Math::exp).sum();
        assertThat(losses[i]).isCloseTo(Math.log(total) - z[CLASSES[i]], within(1e-5));
      }
    }
  }

  private static double[] row(double[] matrix, int i) {
    return Arrays.copyOfRange(matrix, i * BuiltHead.FEATURES, (i + 1) * BuiltHead.FEATURES);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  @Test
  void aCentreThatPullsNothingIsCrossEntropy() {
    same("center(weight=0)", "ce", 0);
  }

  @Test
  void centresTrainAtTheirOwnRate() {
    assertThat(ownRates("center(rate=40)")).isEqualTo(Map.of("centres.weight", 40.0));
    assertThat(ownRates("lgm(rate=3)"))
        .isEqualTo(Map.of("gaussian.mean", 3.0, "gaussian.logvariance", 3.0));
  }

  private static Map<String, Double> ownRates(String spec) {
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(0, Devices.of("cpu"));
      Head unused =
          Methods.CATALOGUE.create(Spec.parse(spec)).build(store, new HeadShape(5, 3, List.of()));
      return Map.copyOf(store.ownRates());
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
        "lgm(weight=Infinity)",
        "lgm(rate=-1)"
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
