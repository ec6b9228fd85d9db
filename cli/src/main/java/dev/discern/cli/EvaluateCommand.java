package dev.discern.cli;

import dev.discern.run.Evaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code discern evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Measures a run's network on its test images, or on other data.",
      "",
      "All images of other data are measured, unless --split names one of their parts. If the data"
          + " are those that the run was trained on, in a new place, only their test images are"
          + " measured. Classes are matched by name."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA",
      description = "Other data than the run's own, in any form that train takes.")
  private @Nullable String data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "test or validation, or all of other data.")
  private @Nullable String split;

  @Option(names = "--json", description = "Print all figures as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    model.useThreads();
    PrintWriter notes = Console.notes(spec);
    Evaluation evaluation =
        model.open(
            "evaluate",
            data == null ? List.of() : List.of(Path.of(data)),
            run ->
                Evaluation.of(
                    run,
                    new Evaluation.Request(
                        model.checkpoint(),
                        Optional.ofNullable(split),
                        Optional.ofNullable(data),
                        model.device(),
                        model.precision())));
    evaluation.notes().forEach(note -> notes.println(Flags.in(note)));
    JsonNode figures = evaluation.figures();
    if (json) {
      out.println(figures.toPrettyString());
      return 0;
    }
    out.printf(
        "%s, %s images%s%n%s%n",
        evaluation.file(), evaluation.part(), data == null ? "" : " of " + data, headline(figures));
    Summary.printFigures(out, figures);
    Summary.printCertainty(out, figures.path("certainty"));
    Summary.printConfused(out, figures.path("mostConfused"));
    ClassTable.print(out, figures.path("perClass"));
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
}
