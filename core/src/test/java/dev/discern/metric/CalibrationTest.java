package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  /** Adds images of one confidence; the first {@code right} of them are predicted rightly. */
  private static void add(Calibration calibration, double confidence, int images, int right) {
    for (int i = 0; i < images; i++) {
      int label = i < right ? 0 : 1;
      calibration.add(new Outcome(label, 0, label, confidence, confidence, confidence));
    }
  }

  @Test
  void isZeroWhereAccuracyEqualsConfidence() {
    Calibration calibration = new Calibration();
    add(calibration, 0.75, 4, 3);
    add(calibration, 0.625, 8, 5);
    add(calibration, 0.875, 16, 14);
    add(calibration, 1, 3, 3);

    assertThat(calibration.error()).isZero();
  }

  @Test
  void weighsTheGapsByImages() {
    Calibration calibration = new Calibration();
    add(calibration, 0.75, 4, 1);
    add(calibration, 0.25, 12, 9);

    assertThat(calibration.error()).isEqualTo(0.5);
  }

  @Test
  void doesNotLetBinsCancelEachOther() {
    Calibration calibration = new Calibration();
    add(calibration, 0.75, 4, 4);
    add(calibration, 0.5, 4, 1);

    assertThat(calibration.error()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.06666, 0",
    "0.06667, 1",
    "0.19999999, 2",
    "0.2, 2",
    "0.20000001, 3",
    "0.5, 7",
    "0.93, 13",
    "0.94, 14",
    "1, 14",
    "1.0005, 14"
  })
  void putsAConfidenceIntoTheBinItEndsOrLiesIn(double confidence, int bin) {
    Calibration calibration = new Calibration();
    add(calibration, confidence, 2, 1);

    ReliabilityBin filled = calibration.bins().get(bin);
    assertThat(filled.images()).isEqualTo(2);
    assertThat(filled.confidence()).isEqualTo(confidence);
    assertThat(filled.accuracy()).isEqualTo(0.5);
  }

  @Test
  void tilesTheUnitIntervalAndLeavesEmptyBinsWithoutMeans() {
    Calibration calibration = new Calibration();
    add(calibration, 0.5, 3, 2);

    double edge = 0;
    for (ReliabilityBin bin : calibration.bins()) {
      assertThat(bin.lower()).isEqualTo(edge);
      edge = bin.upper();
      assertThat(bin.upper() - bin.lower()).isCloseTo(1 / 15.0, within(1e-15));
      assertThat(bin.accuracy() == null).isEqualTo(bin.images() == 0);
      assertThat(bin.confidence() == null).isEqualTo(bin.images() == 0);
    }
    assertThat(edge).isEqualTo(1);
    assertThat(calibration.bins()).hasSize(15);
  }
}
