package dev.discern.cli;

import dev.discern.run.Evaluation;
import dev.discern.torch.Threads;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code discern evaluate}. */
@Command(
    name = "evaluate",
    description = "Measures a run's network on its validation or test images.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run directory.")
  private @Nullable Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best",
      description = "best (by validation, the default) or last.")
  private String checkpoint = "best";

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "test (the default) or validation.")
  private String split = "test";

  @Option(names = "--json", description = "Print all figures as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (run == null) {
      throw new IllegalStateException("RUN is required.");
    }
    Threads.use(Threads.choose(Threads.AUTO));
    JsonNode figures = Evaluation.of(run, checkpoint, split);
    if (json) {
      out.println(figures.toPrettyString());
      return 0;
    }
    out.printf("%s, checkpoint %s, %s images%n%s%n", run, checkpoint, split, headline(figures));
    Summary.printFigures(out, figures);
    Summary.printConfused(out, figures.path("mostConfused"));
    printClasses(out, figures.path("perClass"));
    return 0;
  }

  private static String headline(JsonNode figures) {
    return Summary.isOfLabels(figures)
        ? String.format(Locale.ROOT, "mAP        %.2f %%", 100 * figures.path("mAP").asDouble())
        : String.format(
            Locale.ROOT,
            "Accuracy   top-1 %.2f %%, top-5 %.2f %%",
            100 * figures.path("top1").asDouble(),
            100 * figures.path("top5").asDouble());
  }

  private static void printClasses(PrintWriter out, JsonNode classes) {
    int width = 5;
    for (JsonNode entry : classes) {
      width = Math.max(width, entry.path("name").asString().length());
    }
    boolean ranked = classes.path(0).has("averagePrecision");
    out.printf(
        "%n%-" + width + "s  precision  recall      F1%s  images%n",
        "class",
        ranked ? "      AP" : "");
    for (JsonNode entry : classes) {
      out.printf(
          "%-" + width + "s  %9s  %6s  %6s%s  %6d%n",
          entry.path("name").asString(),
          percent(entry.path("precision")),
          percent(entry.path("recall")),
          percent(entry.path("f1")),
          ranked ? String.format("  %6s", percent(entry.path("averagePrecision"))) : "",
          entry.path("support").asLong());
    }
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? String.format(Locale.ROOT, "%.2f", 100 * share.asDouble()) : "-";
  }
}
