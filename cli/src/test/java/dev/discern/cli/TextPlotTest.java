package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextPlotTest {
  @Test
  void aCurveGoesWhereItsValuesAre() {
    List<String> lines = TextPlot.lines(p -> p, p -> 0.5);
    assertThat(lines.get(0)).endsWith("*").contains("0.9");
    assertThat(lines.get(11)).startsWith("    0.0").contains("| *");
    int before = -1;
    for (int row = 11; row >= 0; row--) {
      int first = lines.get(row).indexOf('*');
      assertThat(first).as("it rises with p").isGreaterThan(before);
      before = first;
    }
    assertThat(lines.subList(0, 12).stream().filter(line -> line.contains("·")))
        .as("the yardstick is level")
        .hasSize(1);
  }

  @Test
  void aPoleLeavesThePictureRatherThanFlattensIt() {
    List<String> lines = TextPlot.lines(p -> p < 0.02 ? 1e9 : p, p -> p);
    assertThat(lines.get(0).strip().split(" ")[0]).isIn("0.97", "0.98", "0.99");
  }

  @Test
  void roundingIsNoSlope() {
    List<String> lines = TextPlot.lines(p -> 1 + 1e-15 * Math.sin(1000 * p), p -> 1);
    assertThat(lines.stream().filter(line -> line.contains("*"))).hasSize(1);
  }
}
