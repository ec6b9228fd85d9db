package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Against SciPy and definitions written out: tools/golden/stats.py. */
class StatsGoldenTest {
  private static final Percentage ROUNDING = withinPercentage(1e-8); // a relative error of 1e-10
  private static final Offset<Double> QUADRATURE = within(1e-10);

  private record Golden(
      String madeBy,
      List<Values> summaries,
      List<Pairs> paired,
      List<Effect> detectable,
      List<Strength> powers,
      List<Counts> mcNemar,
      List<Adjustment> holm) {

    static Golden read() {
      String path = "/golden/stats.json";
      try (InputStream file = StatsGoldenTest.class.getResourceAsStream(path)) {
        return new JsonMapper().readValue(Objects.requireNonNull(file, path), Golden.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Values(double[] values, double mean, double sd, double low, double high) {}

  private record Pairs(
      String name,
      double[] a,
      double[] b,
      double mean,
      double sd,
      double low,
      double high,
      double tTestP,
      double wilcoxonP,
      double effectSize,
      double detectable) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Effect(int n, double effect) {}

  private record Strength(int n, double effect, double power) {}

  private record Counts(long first, long second, double p) {}

  private record Adjustment(double[] p, double[] adjusted) {}

  static Stream<Values> summaries() {
    return Golden.read().summaries().stream();
  }

  static Stream<Pairs> paired() {
    return Golden.read().paired().stream();
  }

  static Stream<Effect> detectable() {
    return Golden.read().detectable().stream();
  }

  static Stream<Strength> powers() {
    return Golden.read().powers().stream();
  }

  static Stream<Counts> mcNemar() {
    return Golden.read().mcNemar().stream();
  }

  static Stream<Adjustment> holm() {
    return Golden.read().holm().stream();
  }

  private static void requireSame(Summary ours, double mean, double sd, double low, double high) {
    Interval interval = Objects.requireNonNull(ours.interval());
    assertThat(ours.mean()).isCloseTo(mean, ROUNDING);
    assertThat(ours.sd()).isCloseTo(sd, ROUNDING);
    assertThat(interval.low()).isCloseTo(low, ROUNDING);
    assertThat(interval.high()).isCloseTo(high, ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void summarisesAsSciPyDoes(Values golden) {
    Summary ours = Summary.of(golden.values());

    assertThat(ours.n()).isEqualTo(golden.values().length);
    requireSame(ours, golden.mean(), golden.sd(), golden.low(), golden.high());
  }

  @ParameterizedTest
  @MethodSource("paired")
  void comparesPairsAsSciPyDoes(Pairs golden) {
    PairedComparison ours = PairedComparison.of(golden.a(), golden.b(), 1);

    assertThat(ours.difference().n()).isEqualTo(golden.a().length);
    requireSame(ours.difference(), golden.mean(), golden.sd(), golden.low(), golden.high());
    assertThat(ours.tTestP()).isCloseTo(golden.tTestP(), ROUNDING);
    assertThat(ours.wilcoxonP()).isCloseTo(golden.wilcoxonP(), ROUNDING);
    assertThat(ours.effectSize()).isCloseTo(golden.effectSize(), ROUNDING);
    assertThat(ours.detectable()).isCloseTo(golden.detectable(), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("detectable")
  void findsTheDetectableEffectOfTheNoncentralT(Effect golden) {
    assertThat(Power.detectableEffect(golden.n())).isCloseTo(golden.effect(), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("powers")
  void findsThePowerOfTheNoncentralT(Strength golden) {
    assertThat(Power.of(golden.n(), golden.effect())).isCloseTo(golden.power(), QUADRATURE);
  }

  @ParameterizedTest
  @MethodSource("mcNemar")
  void testsCountsAsSciPyDoesHoweverLarge(Counts golden) {
    assertThat(McNemar.of(golden.first(), golden.second()).p()).isCloseTo(golden.p(), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("holm")
  void adjustsByHolmsDefinition(Adjustment golden) {
    assertThat(Holm.adjust(golden.p())).containsExactly(golden.adjusted(), within(1e-15));
  }
}
