package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class ClassTableTest {
  private final ArrayNode classes = JsonMapper.shared().createArrayNode();

  private void add(String name, long support, long predicted, double f1) {
    classes
        .addObject()
        .put("name", name)
        .put("support", support)
        .put("predicted", predicted)
        .put("precision", 0.5)
        .put("recall", 0.25)
        .put("f1", f1);
  }

  private List<String> printed() {
    StringWriter out = new StringWriter();
    ClassTable.print(new PrintWriter(out, true), classes);
    return out.toString().lines().toList();
  }

  @Test
  void leavesOutClassesThatNeitherHaveImagesNorWerePredicted() {
    add("seen", 3, 0, 0.1);
    add("absent", 0, 0, 0);
    add("guessed", 0, 2, 0);
    assertThat(printed())
        .containsExactly(
            "",
            "class    precision  recall      F1  images",
            "seen         50.00   25.00   10.00       3",
            "guessed      50.00   25.00    0.00       0",
            "2 of 3 classes; --json has all.");
  }

  @Test
  void showsAllOfAFewInTheirOrder() {
    add("b", 1, 1, 1);
    add("a", 1, 1, 0);
    assertThat(printed()).hasSize(4).element(2).asString().startsWith("b ");
  }

  @Test
  void showsTheWorstOfMany() {
    for (int i = 0; i < 51; i++) {
      add("class" + i, 1, 1, 1 - i / 100.0);
    }
    List<String> lines = printed();
    assertThat(lines).hasSize(24).contains("The 20 classes with the lowest F1:");
    assertThat(lines.get(3)).startsWith("class50 ");
    assertThat(lines.get(22)).startsWith("class31 ");
    assertThat(lines.get(23)).isEqualTo("20 of 51 classes; --json has all.");
  }
}
