package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MoreImagesTest {
  private static String sentence(double gain, double low, double high, boolean supported) {
    ObjectNode file = Json.object();
    file.putObject("doubling")
        .put("gain", gain)
        .put("low", low)
        .put("high", high)
        .put("lastGain", -0.004)
        .put("lastForetold", 0.021)
        .put("supported", supported);
    return MoreImages.sentence(file);
  }

  @Test
  void aGainIsClaimedWithItsInterval() {
    assertThat(sentence(0.0124, 0.004, 0.021, true))
        .isEqualTo(
            "Twice as many images like these: about +1.2 points (95 % interval +0.4 to +2.1).");
  }

  @Test
  void aGainThatMayBeNoneIsUnclear() {
    assertThat(sentence(0.008, 0, 0.021, true))
        .isEqualTo(
            "It is unclear whether more images would help: twice as many bring +0.0 to +2.1 points"
                + " (95 % interval).");
  }

  @Test
  void aCurveThatIsFlatSaysSo() {
    assertThat(sentence(0.001, 0, 0.0042, true))
        .isEqualTo(
            "More images like these would hardly help: twice as many bring +0.4 points at most (the"
                + " upper end of a 95 % interval).");
  }

  @Test
  void aCurveThatDidNotGoAsForetoldForetellsNothing() {
    assertThat(sentence(0.0124, 0.004, 0.021, false))
        .isEqualTo(
            "It is unclear whether more images would help: by the smaller sizes, the last step"
                + " should have brought +2.1 points, but it brought \u22120.4.");
  }

  @Test
  void tooFewSizesForetellNothing() {
    assertThat(MoreImages.sentence(Json.object()))
        .isEqualTo("There are too few images of each class to tell whether more would help.");
  }
}
