package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.run.Predictions.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClassPairsTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;

  private static Row row(int label, int predicted, int rival, double logTrue, double logRival) {
    return new Row(label, predicted, rival, (float) logTrue, (float) logRival);
  }

  private static JsonNode pairs(Row[][] before, Row[][] after) {
    List<RunRecord> a = new ArrayList<>();
    List<RunRecord> b = new ArrayList<>();
    for (int seed = 0; seed < before.length; seed++) {
      a.add(MadeRuns.finished("ce", seed, before[seed]));
      b.add(MadeRuns.finished("crl", seed, after[seed]));
    }
    List<Group> groups = List.of(new Group("ce", a), new Group("crl", b));
    return ClassPairs.of(PairResult.all(groups).get(0), 3);
  }

  // Four images: two of A, one of B, one of C. The first method takes one A for B and one B for A.
  private static final Row[] BEFORE = {
    row(A, B, B, -2, -0.5), row(A, A, B, -0.1, -3), row(B, A, A, -1.5, -0.4), row(C, C, A, -0.2, -2)
  };
  // The second is right about all but the B.
  private static final Row[] AFTER = {
    row(A, A, B, -0.5, -2), row(A, A, B, -0.1, -4), row(B, A, A, -1.5, -0.4), row(C, C, A, -0.2, -2)
  };

  @Test
  void aChangeOfConfusionIsOverTheImagesOfBothClasses() {
    JsonNode found = pairs(new Row[][] {BEFORE, BEFORE}, new Row[][] {AFTER, BEFORE});
    assertThat(found.size()).isEqualTo(1);
    JsonNode pair = found.get(0);
    assertThat(pair.get("a").asInt()).isEqualTo(A);
    assertThat(pair.get("b").asInt()).isEqualTo(B);
    // 2 of 3 images before; 1 of 3 and 2 of 3 after.
    assertThat(pair.get("before").asDouble()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(pair.get("after").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(pair.get("change").asDouble()).isCloseTo(-1 / 6.0, within(1e-12));
    // Changes −1/3 and 0: half width t(.975, 1)·sd/√2 = 12.7062·(1/6).
    assertThat(pair.get("low").asDouble()).isCloseTo(-1 / 6.0 - 12.7062 / 6, within(1e-4));
    assertThat(pair.get("high").asDouble()).isCloseTo(-1 / 6.0 + 12.7062 / 6, within(1e-4));
  }

  @Test
  void theMarginIsThatOfImagesWhoseRivalIsTheOtherClass() {
    JsonNode pair = pairs(new Row[][] {BEFORE}, new Row[][] {AFTER}).get(0);
    JsonNode margin = pair.get("margin");
    // Margins rise from −1.5 to 1.5, from 2.9 to 3.9, and stay: 3 + 1 + 0 over 3 images.
    assertThat(margin.get("images").asInt()).isEqualTo(3);
    assertThat(margin.get("change").asDouble()).isCloseTo(4 / 3.0, within(1e-6));
    assertThat(margin.get("low").isNull()).as("one seed has no interval").isTrue();
  }

  @Test
  void anImageWhoseRivalChangesCountsForBothPairs() {
    Row[] before = {row(A, B, B, -1, -0.5)};
    Row[] after = {row(A, C, C, -1, -0.7)};
    JsonNode found = pairs(new Row[][] {before}, new Row[][] {after});
    assertThat(found.size()).isEqualTo(2);
    for (JsonNode pair : found) {
      assertThat(pair.at("/margin/images").asInt()).isEqualTo(1);
      assertThat(pair.at("/margin/change").asDouble()).isCloseTo(0.2, within(1e-6));
    }
  }

  @Test
  void theLargestChangeComesFirst() {
    Row[] before = {MadeRuns.row(A, B), MadeRuns.row(B, B), MadeRuns.row(C, C), MadeRuns.row(C, C)};
    Row[] after = {MadeRuns.row(A, A), MadeRuns.row(B, B), MadeRuns.row(C, C), MadeRuns.row(C, A)};
    JsonNode found = pairs(new Row[][] {before}, new Row[][] {after});
    assertThat(found.get(0).get("b").asInt()).as("A and B: 1 of 2 images").isEqualTo(B);
    assertThat(found.get(1).get("b").asInt()).as("A and C: 1 of 3 images").isEqualTo(C);
  }
}
