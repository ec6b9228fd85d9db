package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicesTest {
  private static double at(DoubleUnaryOperator curve, double p) {
    return curve.applyAsDouble(Math.log(p));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.9, 0.99})
  void aLossOfTheTrueClassAloneHasItsOwnCurve(double p) {
    Loss loss = new CompetingRatioLoss(1.5, 2);
    ProbabilityCurve own = loss.curve().orElseThrow();
    ProbabilityCurve slice = Slices.amongEqualRivals(loss);
    assertThat(at(slice.value(), p)).isCloseTo(at(own.value(), p), within(1e-12));
    assertThat(at(slice.gain(), p)).isCloseTo(at(own.gain(), p), within(1e-10));
  }

  @Test
  void theRivalsShareTheRestEvenly() {
    // −1/9 of the entropy of nine equal shares, ln 9, whatever p is.
    ProbabilityCurve slice = Slices.amongEqualRivals(new ComplementCrossEntropy(-1));
    assertThat(at(slice.value(), 0.4)).isCloseTo(-Math.log(0.4) - Math.log(9) / 9, within(1e-12));
    assertThat(at(slice.gain(), 0.4)).isCloseTo(1, within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 0.8})
  void aLabelIsADecisionOfItsOwn(double p) {
    Loss loss = new AsymmetricLoss(1, 2, 0.05);
    assertThat(at(Slices.ofLabel(loss, true).value(), p))
        .isCloseTo(-(1 - p) * Math.log(p), within(1e-12));
    double shifted = Math.max(p - 0.05, 0);
    assertThat(at(Slices.ofLabel(loss, false).value(), p))
        .isCloseTo(-shifted * shifted * Math.log(1 - shifted), within(1e-12));
    // By the product rule, against binary cross-entropy's p − 1 and p.
    double ofCarried = -(1 - p) * (1 - p) + p * (1 - p) * Math.log(p);
    assertThat(at(Slices.ofLabel(loss, true).gain(), p))
        .isCloseTo(ofCarried / (p - 1), within(1e-10));
    double ofLacking =
        p * (1 - p) * (-2 * shifted * Math.log(1 - shifted) + shifted * shifted / (1 - shifted));
    assertThat(at(Slices.ofLabel(loss, false).gain(), p)).isCloseTo(ofLacking / p, within(1e-10));
    ProbabilityCurve plain = Slices.ofLabel(new MultiLabelCrossEntropy(), false);
    assertThat(at(plain.gain(), p)).isCloseTo(1, within(1e-12));
  }
}
