package dev.discern.mix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.mix.CutMix.Box;
import org.junit.jupiter.api.Test;

class CutMixBoxTest {
  @Test
  void coversOneMinusLambdaWhereItFits() {
    assertThat(Box.around(50, 100, 0.75, 100, 200)).isEqualTo(new Box(25, 50, 50, 100));
  }

  @Test
  void isCutOffAtTheBorder() {
    assertThat(Box.around(0, 199, 0.75, 100, 200)).isEqualTo(new Box(0, 149, 25, 51));
  }

  @Test
  void isEmptyAtOneAndNeverLeavesTheImageAtZero() {
    Box none = Box.around(3, 4, 1, 10, 10);
    assertThat(none.height() * none.width()).isZero();
    for (int at = 0; at < 7; at++) {
      Box most = Box.around(at, at, 0, 7, 7);
      assertThat(most.top() + most.height()).isBetween(1L, 7L);
      assertThat(most.left()).isBetween(0L, 6L);
    }
  }
}
