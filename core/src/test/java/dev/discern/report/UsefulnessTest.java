package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.run.LabelPredictions;
import dev.discern.run.Predictions.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UsefulnessTest {
  private static final List<String> CLASSES = List.of("hat", "shirt", "t-shirt");

  /** A run whose images are given as (label, predicted, times). */
  private static RunRecord run(String method, long seed, int[]... counts) {
    List<Row> rows = new ArrayList<>();
    for (int[] count : counts) {
      for (int i = 0; i < count[2]; i++) {
        rows.add(MadeRuns.row(count[0], count[1]));
      }
    }
    return named(MadeRuns.finished(method, seed, rows.toArray(Row[]::new)));
  }

  private static RunRecord named(RunRecord run) {
    ObjectNode environment = Json.object();
    CLASSES.forEach(environment.putArray("classes")::add);
    return new RunRecord(
        run.entry(),
        run.state(),
        run.note(),
        run.config(),
        environment,
        run.epochs(),
        run.result(),
        run.predictions());
  }

  private static List<String> warnings(RunRecord... runs) {
    return new Usefulness(new Group("ce", List.of(runs)), "The network").warnings();
  }

  // 10 hats, 12 shirts, 18 T-shirts.
  private static final RunRecord CONSTANT =
      run("ce", 0, new int[] {0, 2, 10}, new int[] {1, 2, 12}, new int[] {2, 2, 18});
  private static final RunRecord GOOD =
      run("ce", 1, new int[] {0, 0, 10}, new int[] {1, 1, 12}, new int[] {2, 2, 18});

  @Test
  void aConstantPredictionIsCalledUseless() {
    assertThat(warnings(CONSTANT))
        .containsExactly(
            "The network is no better than always saying “t-shirt”, which is right for 45.0 % of"
                + " the test images (McNemar's test at 5 %).",
            "The network never predicts “hat” and “shirt”: 22 of the 40 test images.");
    assertThat(new Usefulness(new Group("ce", List.of(CONSTANT)), "").uselessness())
        .hasValue("no better than always saying “t-shirt”");
  }

  @Test
  void aGoodNetworkHasNoWarning() {
    assertThat(warnings(GOOD)).isEmpty();
    assertThat(new Usefulness(new Group("ce", List.of(GOOD)), "").uselessness()).isEmpty();
  }

  @Test
  void aLeadThatChanceExplainsIsNoLead() {
    // Right for 20 of 40, a constant for 18; the two differ in 4 + 2 images.
    RunRecord slightly =
        run(
            "ce",
            0,
            new int[] {0, 0, 2},
            new int[] {0, 2, 8},
            new int[] {1, 1, 2},
            new int[] {1, 2, 10},
            new int[] {2, 2, 16},
            new int[] {2, 1, 2});
    assertThat(warnings(slightly))
        .singleElement()
        .asString()
        .startsWith("The network is no better than always saying “t-shirt”");
  }

  @Test
  void aClassThatIsNeverPredictedIsNamedEvenIfTheRestIsRight() {
    assertThat(
            warnings(run("ce", 0, new int[] {0, 1, 3}, new int[] {1, 1, 12}, new int[] {2, 2, 18})))
        .containsExactly("The network never predicts “hat”: 3 of the 33 test images.");
  }

  @Test
  void severalRunsAreCountedAndPredictTogether() {
    assertThat(warnings(CONSTANT, GOOD))
        .containsExactly(
            "The network is no better than always saying “t-shirt”, which is right for 45.0 % of"
                + " the test images, in 1 of 2 runs (McNemar's test at 5 %).");
  }

  @Test
  void labelsThatAreNeverPredictedAreNamed() {
    RunRecord one = MadeRuns.finished("multilabel-bce", 0, MadeRuns.row(0, 0));
    List<LabelPredictions.Row> rows =
        List.of(
            new LabelPredictions.Row(List.of(0, 2), List.of(2), -1),
            new LabelPredictions.Row(List.of(1), List.of(1, 2), -1));
    RunRecord labels =
        new RunRecord(
            one.entry(),
            one.state(),
            one.note(),
            one.config(),
            one.environment(),
            one.epochs(),
            one.result(),
            Optional.of(new LabelPredictions(rows)));
    assertThat(new Usefulness(new Group("multilabel-bce", List.of(named(labels))), "It").warnings())
        .containsExactly("It never predicts “hat”: 1 of the 2 test images.");
  }
}
