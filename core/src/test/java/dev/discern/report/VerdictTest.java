package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static PairResult pair(int[] a, int[] b) {
    List<Group> groups = List.of(MadeRuns.group("ce", a), MadeRuns.group("crl", b));
    return PairResult.all(groups).get(0);
  }

  private static final int[] BASE = {80, 82, 81, 79, 80};
  private static final int[] HIGHER = {85, 86, 86, 85, 84};
  private static final int[] MIXED = {81, 81, 82, 78, 81};

  @Test
  void saysBetterOrWorseOnlyWhereTheCorrectedTestHolds() {
    PairResult pair = pair(BASE, HIGHER);
    assertThat(Verdict.finding(pair, 0.001)).isEqualTo(Verdict.Finding.BETTER);
    assertThat(Verdict.finding(pair, 0.05)).isEqualTo(Verdict.Finding.UNDETECTED);
    assertThat(Verdict.finding(pair(HIGHER, BASE), 0.001)).isEqualTo(Verdict.Finding.WORSE);
  }

  @Test
  void aDifferenceIsSaidInPointsWithItsIntervalAndSeeds() {
    assertThat(Verdict.sentence(pair(BASE, HIGHER), 0.001))
        .startsWith("crl is better than ce by 4.80 points of test top-1 (95 % interval +3.")
        .contains("n = 5, p = 0.0010 after Holm's correction");
  }

  @Test
  void withoutADetectionItSaysHowLargeADifferenceCouldBeHidden() {
    PairResult pair = pair(BASE, MIXED);
    assertThat(pair.tTestP()).isGreaterThan(0.05);
    assertThat(Verdict.sentence(pair, pair.tTestP()))
        .contains("no difference detected")
        .containsPattern("a true difference below \\d\\.\\d\\d points would be missed");
  }

  @Test
  void oneSeedGivesNoTest() {
    PairResult pair = pair(new int[] {80}, new int[] {90});
    assertThat(pair.tTestP()).isNull();
    assertThat(Verdict.sentence(pair, null))
        .isEqualTo(
            "crl and ce: +10.00 points apart, but on one seed only, so no test is possible.");
    assertThat(Verdict.warnings(List.of(), List.of(pair)))
        .containsExactly("With one seed no test is possible: compare 5 or more seeds.");
  }

  @Test
  void equalDifferencesHaveNoSpreadToBeJudgedBy() {
    PairResult pair = pair(new int[] {80, 81}, new int[] {82, 83});
    assertThat(pair.tTestP()).isNull();
    assertThat(Verdict.sentence(pair, null)).contains("by the same amount for all 2 seeds");
  }

  @Test
  void theHeadlineIsAboutTheFirstMethod() {
    Group ce = MadeRuns.group("ce", BASE);
    Group crl = MadeRuns.group("crl", HIGHER);
    List<PairResult> pairs = PairResult.all(List.of(ce, crl));
    List<@Nullable Double> significant = List.of(0.01);
    assertThat(Verdict.headline(List.of(ce, crl), pairs, significant))
        .isEqualTo("crl is better than ce");
    assertThat(Verdict.headline(List.of(ce), List.of(), List.of()))
        .isEqualTo("There is only one method, so nothing is compared");
  }

  @Test
  void aMethodThatAlwaysDivergedIsNamedWithItsReason() {
    Group ce = MadeRuns.group("ce", BASE);
    Group lost =
        new Group("nllr", List.of(MadeRuns.diverged("nllr", 0), MadeRuns.diverged("nllr", 1)));
    List<Group> groups = List.of(ce, lost);
    assertThat(Verdict.warnings(groups, PairResult.all(groups)))
        .contains("No run of nllr finished (diverged): Its weights became NaN.");
    assertThat(Verdict.headline(groups, PairResult.all(groups), List.of()))
        .isEqualTo("No two methods finished a run with the same seed, so nothing can be compared");
  }

  @Test
  void aRunThatIsMissingMayFlatterTheOthers() {
    Group some =
        new Group(
            "nllr",
            List.of(
                MadeRuns.finished("nllr", 0, MadeRuns.row(0, 0)), MadeRuns.diverged("nllr", 1)));
    assertThat(Verdict.warnings(List.of(some), List.of()))
        .singleElement()
        .asString()
        .startsWith("1 of 2 runs of nllr did not finish");
  }
}
