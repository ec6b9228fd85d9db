package dev.discern.cli;

import dev.discern.compare.ComparisonFolder;
import dev.discern.config.InvalidConfig;
import dev.discern.report.Entry;
import dev.discern.report.Report;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code discern report}. */
@Command(
    name = "report",
    description = {
      "Writes report.html, results.json and results.csv from existing runs.",
      "",
      "Give a comparison's folder to rebuild its report, or separate runs to join them."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run directories, or folders that compare wrote.")
  private List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write to; by default the only RUN.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print results.json instead of a summary.")
  private boolean json;

  @Override
  public Integer call() {
    List<Entry> entries = new ArrayList<>();
    for (Path run : runs) {
      if (ComparisonFolder.isOne(run)) {
        entries.addAll(ComparisonFolder.entries(run));
      } else {
        entries.add(Entry.of(run));
      }
    }
    write(Console.out(spec), folder(), entries, command(entries), json);
    return 0;
  }

  private Path folder() {
    Path folder = out;
    if (folder == null) {
      if (runs.size() > 1) {
        throw new InvalidConfig("Several RUNs need --out DIR: the folder for the joined report.");
      }
      return runs.get(0);
    }
    if (!Files.isDirectory(folder)) {
      throw new InvalidConfig("--out " + folder + " is not a folder: create it first.");
    }
    return folder;
  }

  private static String command(List<Entry> entries) {
    return entries.stream()
        .map(entry -> "./discern train --config " + entry.path() + "/config.yaml")
        .collect(Collectors.joining("\n"));
  }

  /** Writes a report and prints a summary. */
  static void write(
      PrintWriter stdout, Path folder, List<Entry> entries, String command, boolean json) {
    JsonNode results = Report.write(folder, entries, command);
    if (json) {
      stdout.println(results.toPrettyString());
    } else {
      ResultsSummary.print(stdout, results);
      stdout.printf("Report     %s%n", folder.resolve("report.html"));
    }
  }
}
