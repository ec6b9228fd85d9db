package dev.discern.cli;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.export.TensorBoard;
import dev.discern.report.Entry;
import dev.discern.report.Report;
import dev.discern.run.Budget;
import dev.discern.run.Defaults;
import dev.discern.run.ExplainedTests;
import dev.discern.run.RunDirectory;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import dev.discern.run.TrainingRun.Outcome;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code discern train}. */
@Command(
    name = "train",
    description = {
      "Trains a classifier and writes a run directory.",
      "",
      "DATA alone is enough. --resume RUN resumes a run that was interrupted."
    },
    modelTransformer = RunOptions.Added.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory to create; by default one below runs/.")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "RUN", description = "Resume this run.")
  private @Nullable Path resume;

  @Option(
      names = "--tensorboard",
      description = "Write an event file for TensorBoard to the run's folder tensorboard/.")
  private boolean tensorboard;

  @Option(names = "--json", description = "Print result.json instead of a summary.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter stdout = Console.out(spec);
    try (Interruption interruption = new Interruption(Console.err(spec));
        TrainProgress progress = new TrainProgress(spec, interruption)) {
      Outcome outcome = train(progress, interruption);
      progress.close();
      if (tensorboard) {
        TensorBoard.write(outcome.path());
      }
      if (outcome.finished()) {
        explain(outcome.path(), interruption);
      }
      outcome.result().ifPresent(result -> conclude(stdout, outcome.path(), result));
      return outcome.finished() ? 0 : 130;
    }
  }

  private Outcome train(TrainProgress progress, Interruption interruption) {
    if (resume != null) {
      if (out != null) {
        throw new InvalidConfig(
            "--out and --resume contradict each other: a resumed run stays in its own directory.");
      }
      interruption.resumesWith("train --resume " + resume);
      return TrainingRun.resume(
          resume, options::over, listener(resume, progress), interruption::isAsked);
    }
    String source = options.source();
    if (source.isEmpty()) {
      throw new InvalidConfig(
          "train needs DATA: digits, fashion-mnist, a folder of images with one subfolder"
              + " per class, or a CSV file of path,label;label;...");
    }
    Defaults.Choice choice = Defaults.choose(source, options.wishes(), progress::onLoad);
    RunConfig asked =
        Defaults.named(options.over(ConfigTree.of(choice.config())).toConfig("The command line"));
    choice.reason().ifPresent(progress::onNote);
    RunConfig readable = options.readable(asked, progress::onLoad);
    Path path = out == null ? RunDirectory.free(Path.of("runs"), readable) : out;
    RunConfig config = planned(readable, path, progress);
    interruption.resumesWith("train --resume " + path);
    return TrainingRun.start(config, path, listener(path, progress), interruption::isAsked);
  }

  private RunConfig planned(RunConfig asked, Path path, TrainProgress progress) {
    double spent =
        (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
    return Budget.plan(asked, options.chosen(), spent, path, progress::onLoad)
        .map(
            plan -> {
              progress.onNote(plan.words());
              return plan.config();
            })
        .orElse(asked);
  }

  private RunListener listener(Path run, TrainProgress progress) {
    return tensorboard ? TensorBoard.following(run, progress) : progress;
  }

  private void explain(Path run, Interruption interruption) {
    try (StatusLine status = Console.status(spec)) {
      String note =
          ExplainedTests.write(
              run,
              (activity, done, total) ->
                  status.show(activity, total > 0 ? (double) done / total : 0),
              interruption::isAsked);
      if (!note.isEmpty()) {
        Console.notes(spec).println(Flags.in(note));
      }
    }
  }

  private void conclude(PrintWriter stdout, Path path, JsonNode result) {
    JsonNode report =
        Report.write(
            path, List.of(Entry.of(path)), "./discern train --config " + path + "/config.yaml");
    if (json) {
      stdout.println(result.toPrettyString());
    } else {
      Summary.print(stdout, path, result, report.path("verdict").path("warnings"));
    }
  }
}
