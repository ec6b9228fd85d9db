package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.run.Predictions.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
  private static final Row ROW = MadeRuns.row(0, 0);

  @Test
  void runsAreGroupedByMethodInTheirFirstOrderAndSortedBySeed() {
    List<Group> groups =
        Groups.of(
            List.of(
                MadeRuns.finished("crl", 1, ROW),
                MadeRuns.finished("ce", 0, ROW),
                MadeRuns.finished("crl", 0, ROW)));
    assertThat(groups).extracting(Group::label).containsExactly("crl", "ce");
    assertThat(groups.get(0).runs()).extracting(run -> run.entry().seed()).containsExactly(0L, 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "model.name, resnet20",
    "data.validation, 0.3",
    "data.test, 0.4",
    "data.splitSeed, 5"
  })
  void anotherModelOrSplitIsRefusedByTheKeyThatDiffers(String key, String value) {
    Object typed =
        switch (key) {
          case "model.name" -> value;
          case "data.splitSeed" -> Long.valueOf(value);
          default -> Double.valueOf(value);
        };
    assertThatThrownBy(
            () ->
                Groups.of(
                    List.of(
                        MadeRuns.finished("ce", 0, ROW),
                        MadeRuns.finished("crl", 0, key, typed, ROW))))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(key + " is ")
        .hasMessageContaining(value + " in the second");
  }

  @Test
  void whatElseDiffersBecomesPartOfTheName() {
    List<Group> groups =
        Groups.of(
            List.of(
                MadeRuns.finished("ce", 0, ROW),
                MadeRuns.finished("ce", 0, "optim.lr", 0.01, ROW)));
    assertThat(groups)
        .extracting(Group::label)
        .containsExactly("ce, optim.lr 0.1", "ce, optim.lr 0.01");
  }

  @Test
  void theSameRunTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                Groups.of(
                    List.of(MadeRuns.finished("ce", 3, ROW), MadeRuns.finished("ce", 3, ROW))))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("seed 3");
  }
}
