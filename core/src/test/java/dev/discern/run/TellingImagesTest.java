package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.run.Predictions.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TellingImagesTest {
  private static Row row(int label, int predicted, double trueProbability) {
    int rival = predicted == label ? (label + 1) % 3 : predicted;
    return new Row(
        label, predicted, rival, (float) Math.log(trueProbability), (float) Math.log(0.3));
  }

  @Test
  void choosesTheLeastProbableTruthsAndThenThePairsThatAreConfusedMost() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(row(0, 1, 0.01 * (i + 1))); // the worst
    }
    for (int i = 0; i < 4; i++) {
      rows.add(row(0, 1, 0.1 + 0.01 * i));
    }
    rows.add(row(2, 1, 0.2)); // a rarer pair, in one direction
    rows.add(row(1, 0, 0.25)); // the other direction of the first pair
    rows.add(row(2, 2, 0.9));
    assertThat(TellingImages.of(rows, 3))
        .containsExactly(
            Map.entry(0, "worst"),
            Map.entry(1, "worst"),
            Map.entry(2, "worst"),
            Map.entry(3, "worst"),
            Map.entry(4, "worst"),
            Map.entry(5, "worst"),
            Map.entry(6, "confused"),
            Map.entry(11, "confused"),
            Map.entry(10, "confused"));
  }

  @Test
  void aNetworkWithoutErrorsHasNothingToTell() {
    assertThat(TellingImages.of(List.of(row(0, 0, 0.9), row(1, 1, 0.8)), 3)).isEmpty();
  }
}
