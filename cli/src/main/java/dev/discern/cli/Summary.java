package dev.discern.cli;

import dev.discern.stats.Interval;
import dev.discern.stats.Proportion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints a finished run in a few lines. */
final class Summary {
  private static final int PAIRS = 3;

  private Summary() {}

  static void print(PrintWriter out, Path run, JsonNode result, JsonNode warnings) {
    JsonNode test = result.path("test");
    String score = isOfLabels(test) ? "mAP" : "top1";
    out.println();
    out.printf(
        Locale.ROOT,
        "Test %s %.2f %%%s after the last epoch, %.2f %% at the best validation epoch (%d)%n",
        score.equals("top1") ? "accuracy" : score,
        100 * test.path(score).asDouble(),
        isOfLabels(test) ? "" : interval(test),
        100 * result.path("best").path("test").path(score).asDouble(),
        result.path("best").path("epoch").asInt());
    printFigures(out, test);
    warnings.forEach(warning -> out.println("!          " + warning.asString()));
    printCertainty(out, result.path("best").path("certainty"));
    printConfused(out, result.path("mostConfused"));
    out.printf("Run        %s%n", run);
    out.printf("Report     %s%n", run.resolve("report.html"));
    out.printf("Predict    ./discern predict %s IMAGE...%n", run);
  }

  private static String interval(JsonNode test) {
    long images = test.path("samples").asLong();
    long right = Math.round(test.path("top1").asDouble() * images);
    Interval interval = new Proportion(right, images).interval();
    return String.format(
        Locale.ROOT,
        " (95 %% interval %.1f to %.1f %%)",
        100 * interval.low(),
        100 * interval.high());
  }

  /** Whether the figures are for images of several labels. */
  static boolean isOfLabels(JsonNode figures) {
    return figures.has("mAP");
  }

  static void printFigures(PrintWriter out, JsonNode figures) {
    if (isOfLabels(figures)) {
      printLabelFigures(out, figures);
      return;
    }
    out.printf(
        Locale.ROOT,
        "           loss %.4f, calibration error %.4f, mean p of the true class %.4f, of the"
            + " strongest rival %.4f (%,d images)%n",
        figures.path("loss").asDouble(),
        figures.path("ece").asDouble(),
        figures.path("meanTrueProbability").asDouble(),
        figures.path("meanStrongestRival").asDouble(),
        figures.path("samples").asLong());
  }

  /**
   * Prints what calibration changed, and what prediction sets hold; nothing without calibration.
   */
  static void printCertainty(PrintWriter out, JsonNode certainty) {
    if (certainty.isMissingNode()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Calibrated temperature %.2f: calibration error %.4f, before %.4f%n",
        certainty.path("temperature").asDouble(),
        certainty.path("after").path("ece").asDouble(),
        certainty.path("before").path("ece").asDouble());
    for (JsonNode sets : certainty.path("sets")) {
      out.printf(
          Locale.ROOT,
          "           --coverage %s: %.2f %% of the sets hold the true class; %.2f classes per set%n",
          sets.path("coverage").asDouble(),
          100 * sets.path("share").asDouble(),
          sets.path("meanSize").asDouble());
    }
  }

  private static void printLabelFigures(PrintWriter out, JsonNode figures) {
    out.printf(
        Locale.ROOT,
        "           F1 %.2f %% by label, %.2f %% overall, hamming loss %.4f, ranking loss %.4f,"
            + " one-error %.2f %%, loss %.4f (%,d images)%n",
        100 * figures.path("f1").asDouble(),
        100 * figures.path("overallF1").asDouble(),
        figures.path("hammingLoss").asDouble(),
        figures.path("rankingLoss").asDouble(),
        100 * figures.path("oneError").asDouble(),
        figures.path("loss").asDouble(),
        figures.path("samples").asLong());
  }

  static void printConfused(PrintWriter out, JsonNode pairs) {
    for (int i = 0; i < Math.min(PAIRS, pairs.size()); i++) {
      JsonNode pair = pairs.get(i);
      out.printf(
          Locale.ROOT,
          "%s %s / %s: %d images (%.1f %% of both)%n",
          i == 0 ? "Confused  " : "          ",
          pair.path("a").asString(),
          pair.path("b").asString(),
          pair.path("aAsB").asLong() + pair.path("bAsA").asLong(),
          100 * pair.path("rate").asDouble());
    }
  }
}
