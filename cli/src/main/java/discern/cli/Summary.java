package discern.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A finished run in a few lines. */
final class Summary {
  private static final int PAIRS = 3;

  private Summary() {}

  static void print(PrintWriter out, Path run, JsonNode result) {
    JsonNode test = result.path("test");
    out.println();
    out.printf(
        Locale.ROOT,
        "Test accuracy %.2f %% after the last epoch, %.2f %% at the best validation epoch (%d)%n",
        100 * test.path("top1").asDouble(),
        100 * result.path("best").path("test").path("top1").asDouble(),
        result.path("best").path("epoch").asInt());
    printFigures(out, test);
    printConfused(out, result.path("mostConfused"));
    out.printf("Run        %s%n", run);
    out.printf("Report     %s%n", run.resolve("report.html"));
    out.printf("Predict    ./discern predict %s IMAGE...%n", run);
  }

  static void printFigures(PrintWriter out, JsonNode figures) {
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
