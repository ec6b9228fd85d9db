package dev.discern.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prints a comparison's results as a table and a few sentences. */
final class ResultsSummary {
  private record Column(String heading, String key, int digits) {}

  /** The columns of a method: its score, that of its best epoch, and three more figures. */
  private record Table(String score, String key, String best, List<Column> others) {
    /** The format of each of the last two columns. */
    String narrow() {
      int width = others.stream().mapToInt(column -> column.heading().length()).max().orElse(0);
      return "  %" + Math.max(6, width) + "s";
    }
  }

  private static final Table CLASSES =
      new Table(
          "test top-1",
          "top1",
          "bestTop1",
          List.of(
              new Column("ECE", "ece", 4),
              new Column("p_y", "meanTrueProbability", 3),
              new Column("rival", "meanStrongestRival", 3)));
  private static final Table LABELS =
      new Table(
          "test mAP",
          "mAP",
          "bestMAP",
          List.of(
              new Column("F1", "f1", 3),
              new Column("hamming", "hammingLoss", 4),
              new Column("ranking", "rankingLoss", 4)));

  private ResultsSummary() {}

  static void print(PrintWriter out, JsonNode results) {
    JsonNode methods = results.path("methods");
    int width = 6;
    for (JsonNode method : methods) {
      width = Math.max(width, method.path("name").asString().length());
    }
    Table table =
        results.path("setting").path("score").asString("top1").equals("mAP") ? LABELS : CLASSES;
    String columns =
        "%-" + width + "s  %3s  %18s  %10s  %8s" + table.narrow() + table.narrow() + "%n";
    out.println();
    out.printf(
        columns,
        Stream.concat(
                Stream.of("method", "n", table.score() + " (sd) %", "at best %"),
                table.others().stream().map(Column::heading))
            .toArray());
    for (JsonNode method : methods) {
      printMethod(out, columns, table, method);
    }
    out.println();
    JsonNode verdict = results.path("verdict");
    out.println(verdict.path("headline").asString() + ".");
    printSentences(out, verdict.path("sentences"), methods.size(), results.path("pairs"));
    verdict.path("warnings").forEach(warning -> out.println("! " + warning.asString()));
    out.println();
  }

  // With many methods, readers want the comparisons with the first; these come first.
  private static void printSentences(
      PrintWriter out, JsonNode sentences, int methods, JsonNode pairs) {
    long first =
        pairs.valueStream().filter(pair -> pair.path("a").equals(pairs.path(0).path("a"))).count();
    int shown = methods > 4 ? (int) first : sentences.size();
    for (int i = 0; i < shown; i++) {
      out.println("  " + sentences.path(i).asString());
    }
    if (shown < sentences.size()) {
      out.println("  " + (sentences.size() - shown) + " other pairs are in the report.");
    }
  }

  private static void printMethod(PrintWriter out, String columns, Table table, JsonNode method) {
    List<Object> cells = new ArrayList<>(List.of(method.path("name").asString()));
    JsonNode figures = method.path("figures");
    if (figures.isNull()) {
      cells.addAll(List.of(0, state(method), "-", "-", "-", "-"));
    } else {
      JsonNode score = figures.path(table.key());
      String spread =
          score.path("sd").isNumber()
              ? String.format(Locale.ROOT, " (%.2f)", 100 * score.path("sd").asDouble())
              : "";
      cells.add(score.path("n").asInt());
      cells.add(percent(score.path("mean")) + spread);
      cells.add(percent(figures.path(table.best()).path("mean")));
      for (Column column : table.others()) {
        cells.add(decimals(figures.path(column.key()).path("mean"), column.digits()));
      }
    }
    out.printf(columns, cells.toArray());
  }

  private static String state(JsonNode method) {
    return method.path("runs").path(0).path("state").asString();
  }

  private static String percent(JsonNode share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share.asDouble());
  }

  private static String decimals(JsonNode value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value.asDouble());
  }
}
