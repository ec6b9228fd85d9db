package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PowerLawTest {
  private static final double[] SIZES = {100, 200, 400, 800, 1600};

  private static double[] errors(PowerLaw law) {
    return Arrays.stream(SIZES).map(law::at).toArray();
  }

  @Test
  void recoversTheFormThatMadeTheErrors() {
    PowerLaw fit = PowerLaw.fit(SIZES, errors(new PowerLaw(0.05, 2, 0.5)));
    assertThat(fit.exponent()).isCloseTo(0.5, within(1e-12));
    assertThat(fit.floor()).isCloseTo(0.05, within(1e-9));
    assertThat(fit.scale()).isCloseTo(2, within(1e-9));
    assertThat(fit.at(3200)).isCloseTo(0.05 + 2 / Math.sqrt(3200), within(1e-9));
  }

  @Test
  void neverForetellsAnErrorBelowZeroOrOneThatGrows() {
    PowerLaw steep = PowerLaw.fit(SIZES, new double[] {0.5, 0.4, 0.3, 0.2, 0.1});
    assertThat(steep.at(1e9)).isNotNegative();
    PowerLaw growing = PowerLaw.fit(SIZES, new double[] {0.1, 0.2, 0.2, 0.3, 0.3});
    assertThat(growing.at(3200)).isCloseTo(growing.at(100), within(1e-12));
  }

  @Test
  void refusesTwoSizes() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> PowerLaw.fit(two, two))
        .hasMessage("2 sizes and 2 errors do not determine three numbers.");
  }
}
