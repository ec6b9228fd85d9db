package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoublingTest {
  private static final double[] SIZES = {100, 200, 400, 800, 1600};
  private static final int DRAWS = 4;

  /** Images of which each has its own difficulty, so that those of one draw are paired. */
  private static boolean[][][] right(int images, long seed, double... errors) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] difficulty = random.doubles(images).toArray();
    boolean[][][] right = new boolean[errors.length][DRAWS][images];
    for (int size = 0; size < errors.length; size++) {
      for (int draw = 0; draw < DRAWS; draw++) {
        for (int i = 0; i < images; i++) {
          right[size][draw][i] = difficulty[i] + 0.02 * random.nextGaussian() > errors[size];
        }
      }
    }
    return right;
  }

  private static double[] along(PowerLaw law) {
    double[] errors = new double[SIZES.length];
    Arrays.setAll(errors, s -> law.at(SIZES[s]));
    return errors;
  }

  @Test
  void foretellsTheGainOfAPowerLaw() {
    PowerLaw law = new PowerLaw(0.05, 2, 0.5);
    double gain = law.at(1600) - law.at(3200);
    Doubling doubling = Doubling.of(SIZES, right(4000, 1, along(law)), 0);
    assertThat(doubling.supported()).isTrue();
    assertThat(doubling.gain()).isCloseTo(gain, within(0.005));
    assertThat(doubling.interval().low()).isLessThan(gain).isPositive();
    assertThat(doubling.interval().high()).isGreaterThan(gain);
  }

  @Test
  void theIntervalHoldsTheTrueGainMostOfTheTime() {
    PowerLaw law = new PowerLaw(0.05, 2, 0.5);
    double gain = law.at(1600) - law.at(3200);
    int held = 0;
    for (int seed = 0; seed < 40; seed++) {
      Interval interval = Doubling.of(SIZES, right(300, seed, along(law)), seed).interval();
      held += interval.low() <= gain && gain <= interval.high() ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(34);
  }

  @Test
  void aFlatCurveForetellsNoGain() {
    Doubling doubling = Doubling.of(SIZES, right(2000, 2, 0.1, 0.1, 0.1, 0.1, 0.1), 0);
    assertThat(doubling.gain()).isLessThan(0.002);
    assertThat(doubling.interval().high()).isLessThan(0.01);
  }

  @Test
  void aLastStepThatBreaksTheTrendSupportsNothing() {
    Doubling doubling = Doubling.of(SIZES, right(4000, 3, 0.3, 0.25, 0.21, 0.18, 0.25), 0);
    assertThat(doubling.supported()).isFalse();
    assertThat(doubling.lastGain()).isNegative();
    assertThat(doubling.lastForetold()).isPositive();
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    boolean[][][] right = right(200, 4, 0.3, 0.25, 0.21, 0.18, 0.16);
    assertThat(Doubling.of(SIZES, right, 5)).isEqualTo(Doubling.of(SIZES, right, 5));
  }

  @Test
  void refusesThreeSizes() {
    double[] three = {1, 2, 4};
    assertThatThrownBy(() -> Doubling.of(three, right(10, 0, 0.3, 0.2, 0.1), 0))
        .hasMessage("A forecast needs at least 4 sizes, not 3.");
  }
}
