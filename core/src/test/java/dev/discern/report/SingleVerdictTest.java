package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingleVerdictTest {
  @Test
  void aRunStartsWithItsAccuracyAndItsInterval() {
    SingleVerdict verdict = new SingleVerdict(MadeRuns.group("ce", 90));
    assertThat(verdict.title()).isEqualTo("90.0 % accuracy");
    assertThat(verdict.headline())
        .isEqualTo(
            "90.0 % of the 100 test images are classified right (95 % interval 82.6 to 94.5 %)");
  }

  @Test
  void severalSeedsAreAveraged() {
    SingleVerdict verdict = new SingleVerdict(MadeRuns.group("ce", 90, 92, 91));
    assertThat(verdict.title()).isEqualTo("91.0 % accuracy");
    assertThat(verdict.headline())
        .isEqualTo(
            "91.0 % of the test images are classified right, on average over 3 seeds (95 % interval"
                + " 88.5 to 93.5 %)");
  }

  @Test
  void aUselessRunSaysSoAtOnce() {
    assertThat(new SingleVerdict(MadeRuns.group("ce", 50)).headline())
        .startsWith("50.0 % of the 100 test images are classified right")
        .endsWith(", no better than always saying “class 0”");
  }

  @Test
  void withoutAFinishedRunThereIsNoFigure() {
    Group lost = new Group("ce", List.of(MadeRuns.diverged("ce", 0)));
    assertThat(new SingleVerdict(lost).headline()).isEqualTo("No run has finished");
    assertThat(new SingleVerdict(lost).title()).isEmpty();
  }
}
