package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  // scipy.stats.binomtest(successes, trials).proportion_ci(method="wilson"), SciPy 1.17.1.
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.0, 0.7934506856227626",
    "1, 1, 0.20654931437723745, 1.0",
    "0, 372, 0.0, 0.010220955486783596",
    "372, 372, 0.9897790445132164, 1.0",
    "78, 372, 0.17138284430922254, 0.2539067427476196",
    "345, 372, 0.896459650235652, 0.9496417910417748",
    "9143, 10000, 0.9086533145584309, 0.9196285043916265"
  })
  void hasWilsonsInterval(long successes, long trials, double low, double high) {
    Interval interval = new Proportion(successes, trials).interval();
    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void mirrorsItselfForFailures() {
    Interval right = new Proportion(30, 372).interval();
    Interval wrong = new Proportion(342, 372).interval();
    assertThat(right.low()).isCloseTo(1 - wrong.high(), within(1e-12));
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("3 of 2 is not a share.");
    assertThatThrownBy(() -> new Proportion(0, 0)).hasMessage("0 of 0 is not a share.");
  }
}
