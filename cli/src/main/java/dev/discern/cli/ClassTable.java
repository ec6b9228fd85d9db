package dev.discern.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints precision, recall and F1 of each class. */
final class ClassTable {
  private static final int MOST = 50;
  private static final int SHOWN_OF_MORE = 20;

  private ClassTable() {}

  /** The classes that have images or were predicted; of many, those with the lowest F1. */
  static void print(PrintWriter out, JsonNode classes) {
    List<JsonNode> seen = classes.valueStream().filter(ClassTable::isSeen).toList();
    boolean many = seen.size() > MOST;
    List<JsonNode> shown = many ? worst(seen) : seen;
    boolean ranked = classes.path(0).has("averagePrecision");
    int width = shown.stream().mapToInt(each -> name(each).length()).max().orElse(0);
    String cells =
        "%-" + Math.max(5, width) + "s  %9s  %6s  %6s" + (ranked ? "  %6s" : "%s") + "  %6s%n";
    out.println();
    if (many) {
      out.printf("The %d classes with the lowest F1:%n", SHOWN_OF_MORE);
    }
    out.printf(cells, "class", "precision", "recall", "F1", ranked ? "AP" : "", "images");
    for (JsonNode each : shown) {
      out.printf(
          cells,
          name(each),
          percent(each.path("precision")),
          percent(each.path("recall")),
          percent(each.path("f1")),
          ranked ? percent(each.path("averagePrecision")) : "",
          each.path("support").asLong());
    }
    if (shown.size() < classes.size()) {
      out.printf("%,d of %,d classes; --json has all.%n", shown.size(), classes.size());
    }
  }

  private static boolean isSeen(JsonNode each) {
    return each.path("support").asLong() + each.path("predicted").asLong() > 0;
  }

  private static List<JsonNode> worst(List<JsonNode> classes) {
    return classes.stream()
        .sorted(Comparator.comparingDouble(each -> each.path("f1").asDouble(0)))
        .limit(SHOWN_OF_MORE)
        .toList();
  }

  private static String name(JsonNode each) {
    return each.path("name").asString();
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? String.format(Locale.ROOT, "%.2f", 100 * share.asDouble()) : "-";
  }
}
