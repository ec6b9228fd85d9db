package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTest {
  private static final List<String> FACTS =
      List.of("loss 1.2345", "12,345 images/s", "12 min 05 s left");

  private static String fitted(int width) {
    return StatusLine.fitted("epoch 12/300", 0.5, FACTS, width);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 12, 13, 20, 30, 33, 40, 50, 60, 70, 80, 100, 200})
  void neverIsWiderThanTheTerminal(int width) {
    assertThat(fitted(width).length()).isBetween(1, width);
  }

  @Test
  void leavesOutTheLeastImportantFirst() {
    assertThat(fitted(80))
        .isEqualTo(
            "epoch 12/300  [=======       ]  loss 1.2345  12,345 images/s  12 min 05 s left");
    assertThat(fitted(50)).isEqualTo("epoch 12/300  12,345 images/s  12 min 05 s left");
    assertThat(fitted(30)).isEqualTo("epoch 12/300  12 min 05 s left");
    assertThat(fitted(12)).isEqualTo("epoch 12/300");
    assertThat(fitted(5)).isEqualTo("epoch");
  }
}
