package dev.discern.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassExpansionTest {
  private static final double[] CONFUSION = {0.1, 0.5, 0.3, 0.5, 0.0};

  @Test
  void stagesShareTheEpochsAfterTheWarmUp() {
    ClassExpansion expansion = new ClassExpansion(3, 2);
    assertThat(IntStream.range(0, 9).map(epoch -> expansion.stageOf(epoch, 9)))
        .containsExactly(0, 0, 1, 1, 1, 2, 2, 3, 3);
    assertThat(IntStream.range(0, 5).map(epoch -> expansion.stageOf(epoch, 5)))
        .containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void theMostConfusingClassesComeFirstAndStay() {
    ClassExpansion expansion = new ClassExpansion(3, 1);
    List<Integer> first = expansion.expand(List.of(), CONFUSION, 1);
    assertThat(first).as("2 of 5; of equals the lower index first").containsExactly(1, 3);
    List<Integer> second = expansion.expand(first, new double[] {0.9, 0, 0.1, 0, 0.2}, 2);
    assertThat(second).as("4 of 5, by what confuses now").containsExactly(1, 3, 0, 4);
    assertThat(expansion.expand(second, CONFUSION, 3)).containsExactly(1, 3, 0, 4, 2);
  }

  @Test
  void aStageHasAtLeastTwoClasses() {
    ClassExpansion expansion = new ClassExpansion(10, 1);
    assertThat(expansion.expand(List.of(), CONFUSION, 1)).containsExactly(1, 3);
    assertThat(expansion.expand(List.of(1, 3), CONFUSION, 2)).containsExactly(1, 3);
  }

  @Test
  void refusesToBeCrammed() {
    new ClassExpansion(3, 1).requireFits(4);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> new ClassExpansion(3, 1).requireFits(3))
        .withMessageContaining("must be at least 4 with class-expansion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class-expansion(stages=0)",
        "class-expansion(stages=1.5)",
        "class-expansion(warmup=0)",
        "class-expansion(warmup=NaN)"
      })
  void refusesValuesThatBreakTheirRule(String text) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Curricula.CATALOGUE.canonical(Spec.parse(text)))
        .withMessageContaining("of class-expansion");
  }
}
