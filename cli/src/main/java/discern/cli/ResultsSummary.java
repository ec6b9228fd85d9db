package discern.cli;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A comparison's results in a table and a few sentences. */
final class ResultsSummary {
  private ResultsSummary() {}

  static void print(PrintWriter out, JsonNode results) {
    JsonNode methods = results.path("methods");
    int width = 6;
    for (JsonNode method : methods) {
      width = Math.max(width, method.path("name").asString().length());
    }
    String columns = "%-" + width + "s  %3s  %18s  %10s  %8s  %6s  %6s%n";
    out.println();
    out.printf(columns, "method", "n", "test top-1 (sd) %", "at best %", "ECE", "p_y", "rival");
    for (JsonNode method : methods) {
      printMethod(out, columns, method);
    }
    out.println();
    JsonNode verdict = results.path("verdict");
    out.println(verdict.path("headline").asString() + ".");
    printSentences(out, verdict.path("sentences"), methods.size(), results.path("pairs"));
    verdict.path("warnings").forEach(warning -> out.println("! " + warning.asString()));
    out.println();
  }

  // Of many methods, those against the first are what a reader came for; they stand first.
  private static void printSentences(
      PrintWriter out, JsonNode sentences, int methods, JsonNode pairs) {
    long first =
        pairs.valueStream().filter(pair -> pair.path("a").equals(pairs.path(0).path("a"))).count();
    int shown = methods > 4 ? (int) first : sentences.size();
    for (int i = 0; i < shown; i++) {
      out.println("  " + sentences.path(i).asString());
    }
    if (shown < sentences.size()) {
      out.println("  " + (sentences.size() - shown) + " other pairs stand in the report.");
    }
  }

  private static void printMethod(PrintWriter out, String columns, JsonNode method) {
    JsonNode figures = method.path("figures");
    if (figures.isNull()) {
      out.printf(columns, method.path("name").asString(), 0, state(method), "-", "-", "-", "-");
      return;
    }
    JsonNode top1 = figures.path("top1");
    String spread =
        top1.path("sd").isNumber()
            ? String.format(Locale.ROOT, " (%.2f)", 100 * top1.path("sd").asDouble())
            : "";
    out.printf(
        columns,
        method.path("name").asString(),
        top1.path("n").asInt(),
        percent(top1.path("mean")) + spread,
        percent(figures.path("bestTop1").path("mean")),
        decimals(figures.path("ece").path("mean"), 4),
        decimals(figures.path("meanTrueProbability").path("mean"), 3),
        decimals(figures.path("meanStrongestRival").path("mean"), 3));
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
