package dev.discern.cli;

import dev.discern.check.CheckedData;
import dev.discern.check.DataCheck;
import dev.discern.check.Finding;
import dev.discern.check.Kind;
import dev.discern.config.InvalidConfig;
import dev.discern.report.CheckReport;
import dev.discern.torch.Threads;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern check}. */
@Command(
    name = "check",
    description = {
      "Checks a data set before training and writes a page with pictures, and check.json.",
      "",
      "Finds images that cannot be read, duplicates, labels that look wrong, classes that are small"
          + " or overlap, and unusual images. The exit code is 0 whatever it finds, unless --strict"
          + " is given."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description =
          "Your images, in any form that train takes: a folder with one subfolder per class,"
              + " FILE.csv, or a folder of PASCAL VOC or MS-COCO.")
  private String data = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to create; by default one below runs/.")
  private @Nullable Path out;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description =
          "Also write the images that cannot be read, and files that are not read, one per line:"
              + " path, tab, reason.")
  private @Nullable Path list;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description = "Also write how every label was judged, with all probabilities, as CSV.")
  private @Nullable Path scores;

  @Option(
      names = "--strict",
      description =
          "Exit with 1 if an image cannot be read, or a picture is in two parts or has two labels.")
  private boolean strict;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Threads that decode images.")
  private int workers = 2;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = Threads.AUTO,
      description = "Threads per operation; auto, the default, uses the free cores.")
  private String threads = Threads.AUTO;

  @Option(names = "--json", description = "Print check.json instead of a summary.")
  private boolean json;

  @Override
  public Integer call() {
    Path folder = out == null ? CheckReport.free(Path.of("runs"), data) : out;
    CheckReport.requireFree(folder);
    requireUsable();
    CheckedData checked = check();
    CheckReport.write(folder, checked, "./discern check " + checked.source());
    if (list != null) {
      CheckReport.writeList(list, checked);
    }
    if (scores != null) {
      CheckReport.writeScores(scores, checked);
    }
    PrintWriter stdout = Console.out(spec);
    if (json) {
      stdout.println(CheckReport.json(checked).toPrettyString());
    } else {
      print(stdout, folder, checked);
    }
    return strict && checked.faults() > 0 ? 1 : 0;
  }

  private void requireUsable() {
    if (workers < 1 || workers > 256) {
      throw new InvalidConfig("--workers is " + workers + ", but it must be 1 to 256.");
    }
    if (list != null && Files.isDirectory(list)) {
      throw new InvalidConfig("--list " + list + " is a folder: name a file.");
    }
  }

  private CheckedData check() {
    try (Threads.Claim claim = Threads.claim();
        StatusLine status = Console.status(spec)) {
      Threads.use(Threads.choose(threads));
      return DataCheck.of(
          data,
          workers,
          (activity, done, total) -> {
            if (total > 0 && done < total) {
              status.show(activity, (double) done / total);
            } else {
              status.close();
            }
          },
          () -> Thread.currentThread().isInterrupted());
    }
  }

  private static void print(PrintWriter out, Path folder, CheckedData checked) {
    out.printf(
        Locale.ROOT,
        "Checked %,d images of %d classes%n",
        checked.imageCount(),
        checked.classes().size());
    checked.notes().forEach(note -> out.println(Flags.in(note)));
    for (Kind kind : Kind.values()) {
      List<Finding> found = checked.of(kind);
      if (!found.isEmpty()) {
        out.printf(Locale.ROOT, "%,6d  %s%n", found.size(), lowered(kind.title()));
      }
    }
    unreadable(out, checked.of(Kind.UNREADABLE));
    out.println(verdict(checked));
    out.printf("Report     %s%n", folder.resolve("check.html"));
  }

  private static void unreadable(PrintWriter out, List<Finding> unreadable) {
    unreadable.stream().limit(SHOWN).forEach(f -> out.println(Console.printable(f.text())));
    if (unreadable.size() > SHOWN) {
      out.printf(
          Locale.ROOT, "... and %,d more, which --list writes.%n", unreadable.size() - SHOWN);
    }
  }

  private static String verdict(CheckedData checked) {
    return checked.faults() == 0
        ? "No faults: the rest is for you to judge."
        : checked.faults()
            + (checked.faults() == 1 ? " fault" : " faults")
            + ": images that cannot be read, or pictures in two parts or with two labels.";
  }

  private static String lowered(String title) {
    return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }
}
