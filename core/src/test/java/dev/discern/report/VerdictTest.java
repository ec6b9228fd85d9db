package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
  }

  @Test
  void theHeadlineIsAboutTheFirstPairHoweverLargeOthersAre() {
    Group ce = MadeRuns.group("ce", BASE);
    List<Group> groups =
        List.of(ce, MadeRuns.group("crl", MIXED), MadeRuns.group("nllr", 95, 96, 95, 97, 96));
    List<@Nullable Double> holm = Arrays.asList(0.9, 0.0001, 0.0001);
    assertThat(Verdict.headline(groups, PairResult.all(groups), holm))
        .isEqualTo("No difference detected between crl and ce");
    Group lost = new Group("crl", List.of(MadeRuns.diverged("crl", 0)));
    List<Group> without = List.of(ce, lost, groups.get(2));
    assertThat(Verdict.headline(without, PairResult.all(without), List.of(0.0001)))
        .isEqualTo("crl and ce cannot be compared: they have no finished seed in common");
  }

  @Test
  void theDetailAddsFiguresToTheHeadlineWithoutRepeatingIt() {
    assertThat(Verdict.detail(pair(BASE, HIGHER), 0.001))
        .startsWith("The difference is +4.80 points of test top-1 (95 % interval +3.")
        .endsWith("n = 5, p = 0.0010 after Holm's correction).");
    assertThat(Verdict.detail(pair(BASE, MIXED), 0.7)).contains("would be missed more often");
    assertThat(Verdict.detail(pair(new int[] {80}, new int[] {90}), null))
        .contains("no test is possible");
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
            List.of(MadeRuns.group("nllr", 90).runs().get(0), MadeRuns.diverged("nllr", 1)));
    assertThat(Verdict.warnings(List.of(some), List.of()))
        .singleElement()
        .asString()
        .startsWith("1 of 2 runs of nllr did not finish");
  }
}
