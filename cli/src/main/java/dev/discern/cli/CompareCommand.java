package dev.discern.cli;

import dev.discern.compare.Comparison;
import dev.discern.compare.ComparisonFolder;
import dev.discern.compare.Plan;
import dev.discern.compare.RunState;
import dev.discern.config.Check;
import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.export.TensorBoard;
import dev.discern.run.Defaults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code discern compare}. */
@Command(
    name = "compare",
    description = {
      "Trains the same network with several losses and seeds, and reports which loss helps.",
      "",
      "DATA alone is enough. Run the same command again to resume; nothing is repeated."
    },
    modelTransformer = RunOptions.Added.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--losses",
      paramLabel = "LOSSES",
      description =
          "Losses joined by commas, the first is the baseline; ce@gain(crl) is a control for crl's"
              + " learning rate, ce@class-expansion uses a curriculum. Default: ce,crl; for"
              + " several labels per image multilabel-bce,asymmetric,two-way-metric.")
  private String losses = "";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs per loss, with seeds counting up from --seed. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--control",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Add, for each loss with a gain, cross-entropy whose learning rate follows that gain"
              + " (the default).")
  private boolean control;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Concurrent runs, which share the processor. Default: ${DEFAULT-VALUE}.")
  private int jobs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The comparison's folder; by default one below runs/.")
  private @Nullable Path out;

  @Option(
      names = "--tensorboard",
      description = "Write each run's figures for TensorBoard, into tensorboard/ below it.")
  private boolean tensorboard;

  @Option(names = "--json", description = "Print results.json instead of a summary.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter stdout = Console.out(spec);
    Check.that(seeds >= 1 && seeds <= 1000, "--seeds", seeds, "must be 1 to 1000");
    Check.that(jobs >= 1 && jobs <= 256, "--jobs", jobs, "must be 1 to 256");
    Plan plan = plan();
    Path folder = out == null ? ComparisonFolder.choose(Path.of("runs"), plan) : out;
    try (Interruption interruption = new Interruption(Console.err(spec));
        CompareProgress progress =
            new CompareProgress(
                spec,
                interruption,
                (run, listener) ->
                    tensorboard ? TensorBoard.following(run.in(folder), listener) : listener)) {
      interruption.resumesWith("compare ... (the same command)");
      Map<RunState, Integer> states =
          Comparison.run(plan, folder, jobs, progress, interruption::isAsked);
      progress.close();
      if (states.containsKey(RunState.STOPPED)) {
        return 130;
      }
      ReportCommand.write(stdout, folder, plan.entries(folder), commandLine(), json);
      // A diverged run is a result, but a comparison without any finished run is not.
      return states.containsKey(RunState.FAILED) || !states.containsKey(RunState.FINISHED) ? 1 : 0;
    }
  }

  private String commandLine() {
    return spec == null
        ? ""
        : "./discern compare "
            + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private Plan plan() {
    if (options.has("loss.spec")) {
      throw new InvalidConfig("compare takes --losses, not --loss: name them joined by commas.");
    }
    if (options.has("train.budget")) {
      throw new InvalidConfig(
          "compare gives every run the same epochs, whatever the time: set --epochs, not --budget.");
    }
    String source = options.source();
    if (source.isEmpty()) {
      throw new InvalidConfig(
          "compare needs DATA: digits, fashion-mnist, a folder of images with one subfolder"
              + " per class, or a CSV file of path,label;label;...");
    }
    Defaults.Choice choice = Defaults.choose(source, options.wishes(), LoadListener.NONE);
    RunConfig asked = options.over(ConfigTree.of(choice.config())).toConfig("The command line");
    RunConfig base = options.readable(asked, LoadListener.NONE);
    choice.reason().ifPresent(this::note);
    return Plan.of(
        base,
        losses.isEmpty() ? Defaults.compared(Datasets.task(base.data())) : RunOptions.split(losses),
        seeds,
        control);
  }

  private void note(String sentence) {
    Console.notes(spec).println(Flags.in(sentence));
  }
}
