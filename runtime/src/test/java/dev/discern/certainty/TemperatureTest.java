package dev.discern.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
  private static float[] logits(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void agreesWithTheFigureWorkedOutByHand() {
    // Three of four images are right, each by 2 nats: the best p is 3/4, so 2/T = ln 3.
    float[] logits = logits(2, 0, 2, 0, 2, 0, 2, 0);
    Temperature fitted = Temperature.fit(new Outputs(logits, new int[] {0, 0, 0, 1}, 2));
    assertThat(fitted.value()).isCloseTo(2 / Math.log(3), within(1e-11));
    assertThat(fitted.probabilities(logits, 3, 2))
        .containsExactly(new double[] {0.75, 0.25}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8, 1, 2.5, 6})
  void recoversAKnownScaling(double scale) {
    Outputs drawn = Drawn.outputs(7, 20_000, 5, scale);
    assertThat(Temperature.fit(drawn).value()).isCloseTo(scale, within(0.04 * scale));
  }

  @Test
  void imagesThatAreAllRightDetermineNone() {
    Outputs right = new Outputs(logits(3, 1, 0, 5), new int[] {0, 1}, 2);
    assertThat(Temperature.fit(right)).isEqualTo(Temperature.NONE);
  }

  @Test
  void staysInItsRange() {
    Outputs wrong = new Outputs(logits(9, 0, 9, 0), new int[] {1, 1}, 2);
    assertThat(Temperature.fit(wrong).value()).isEqualTo(Temperature.MOST);
    // The only error is a tie but for a millionth, so that almost everything speaks for certainty.
    Outputs sharp = new Outputs(logits(1e-6, 0, 0.01, 0), new int[] {1, 0}, 2);
    assertThat(Temperature.fit(sharp).value()).isEqualTo(Temperature.LEAST);
  }

  @Test
  void keepsTheOrderOfTheClasses() {
    float[] logits = logits(0.3, -2, 0.31, 4);
    for (double t : new double[] {Temperature.LEAST, 1, Temperature.MOST}) {
      double[] p = new Temperature(t).probabilities(logits, 0, 4);
      assertThat(p[3]).isGreaterThan(p[2]);
      assertThat(p[2]).isGreaterThan(p[0]);
      assertThat(p[0]).isGreaterThan(p[1]);
      assertThat(p[0] + p[1] + p[2] + p[3]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void surviveExtremeOutputs() {
    Outputs far = new Outputs(logits(0, -3e38, -3e38, 0, 1e4, 0), new int[] {0, 0, 1}, 2);
    assertThat(Temperature.fit(far).value()).isEqualTo(Temperature.MOST);
    assertThat(Temperature.NONE.probabilities(far.logProbabilities(), 1, 2)).containsExactly(0, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.049, 20.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesOutsideItsRange(double value) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Temperature(value));
  }

  @Test
  void outputsThatAreNoNumbersAreRefused() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new Outputs(new float[] {0, bad}, new int[] {0}, 2));
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Outputs(logits(0, 1), new int[] {2}, 2));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Outputs(logits(0, 1, 2), new int[] {1}, 2));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Outputs(logits(), new int[] {}, 2));
  }
}
