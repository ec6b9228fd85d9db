package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 10, 50, 1000, 100_000})
  void isTheLevelWithoutAnEffect(int n) {
    assertThat(Power.of(n, 0)).isCloseTo(0.05, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 50})
  void risesWithTheEffectWhateverItsSign(int n) {
    double before = 0;
    for (double effect = 0; effect < 1.5; effect += 0.25) {
      assertThat(Power.of(n, effect)).isGreaterThan(before).isEqualTo(Power.of(n, -effect));
      before = Power.of(n, effect);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 50, 1000})
  void isTheOneWantedAtTheDetectableEffect(int n) {
    assertThat(Power.of(n, Power.detectableEffect(n))).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void isTheShareOfSamplesInWhichTheTestFindsTheEffect() {
    SplittableRandom random = new SplittableRandom(2);
    double effect = Power.detectableEffect(5);
    int samples = 20_000;
    int found = 0;
    for (int i = 0; i < samples; i++) {
      double[] values =
          DoubleStream.generate(() -> effect + random.nextGaussian()).limit(5).toArray();
      found += TTest.withDefaults().test(values).getPValue() <= 0.05 ? 1 : 0;
    }

    // Four standard errors of a share of 20 000.
    assertThat((double) found / samples).isCloseTo(0.8, within(0.0114));
  }
}
