package dev.discern.cli;

import dev.discern.config.FileNames;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.report.ExplainPage;
import dev.discern.run.ExplainedRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code discern explain}. */
@Command(
    name = "explain",
    description = {
      "Writes a page that shows what a run's network looks at in images.",
      "",
      "For each image: the most likely classes, heat maps (Grad-CAM) for the predicted class and"
          + " its strongest rival, and the nearest training images. Folders are searched at any"
          + " depth. An image that cannot be read is reported, and the exit code is 1."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "Images, folders of images, or - for an image from standard input; up to "
              + ExplainPage.MOST_IMAGES
              + " in all.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page to write; by default explanation-RUN.html in the current folder.")
  private @Nullable Path out;

  @Option(names = "--force", description = "Write over the file that --out names.")
  private boolean force;

  @Option(names = "--json", description = "Also print one JSON object per image and line.")
  private boolean json;

  @Override
  public Integer call() {
    model.useThreads();
    PrintWriter stdout = Console.out(spec);
    if (out != null) {
      requireWritable(out);
    }
    try (PathImages found = new PathImages(paths, spec);
        ExplainedRun run = open()) {
      List<Path> images = all(found);
      search(run);
      run.notes().forEach(note -> Console.notes(spec).println(Flags.in(note)));
      ExplainPage page = new ExplainPage(run);
      images.forEach(image -> add(page, image, found, stdout));
      if (page.size() > 0) {
        Path file = out == null ? free() : out;
        page.write(file);
        (json ? Console.notes(spec) : stdout).printf("Page       %s%n", file);
      }
      return found.failures() == 0 ? 0 : 1;
    }
  }

  private ExplainedRun open() {
    return model.open(
        "explain",
        paths,
        run -> ExplainedRun.open(run, model.checkpoint(), model.device(), model.precision()));
  }

  private void search(ExplainedRun run) {
    try (StatusLine status = Console.status(spec)) {
      run.search(
          (activity, done, total) -> status.show(activity, total > 0 ? (double) done / total : 0),
          () -> false);
    }
  }

  private static List<Path> all(PathImages found) {
    List<Path> images = new ArrayList<>();
    while (found.hasNext()) {
      images.add(found.next());
      if (images.size() > ExplainPage.MOST_IMAGES) {
        throw new InvalidConfig(
            "A page holds at most "
                + ExplainPage.MOST_IMAGES
                + " images, but here are more: name some of them.");
      }
    }
    return images;
  }

  private void add(ExplainPage page, Path image, PathImages found, PrintWriter stdout) {
    try {
      JsonNode node = page.add(image, found.given(image).toString());
      stdout.println(json ? node.toString() : line(node));
    } catch (WorkFailed e) {
      found.fail(String.valueOf(e.getMessage()));
    }
  }

  private static String line(JsonNode node) {
    JsonNode reasons = node.path("reasons");
    return String.format(
        Locale.ROOT,
        "%s\t%s %.1f %%, rival %s %.1f %%",
        Console.printable(node.path("path").asString()),
        Console.printable(reasons.path(0).path("class").asString()),
        100 * reasons.path(0).path("probability").asDouble(),
        Console.printable(reasons.path(1).path("class").asString()),
        100 * reasons.path(1).path("probability").asDouble());
  }

  private void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidConfig("--out " + file + " is a folder: name a file.");
    }
    if (Files.exists(file) && !force) {
      throw new InvalidConfig(
          "--out " + file + " exists: choose another name, or allow replacing it with --force.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidConfig("--out " + file + " is in no existing folder: create it first.");
    }
  }

  // Named after the run, and numbered if necessary.
  private Path free() {
    String name = "explanation-" + FileNames.of(model.name());
    Path file = Path.of(name + ".html");
    for (int n = 2; Files.exists(file); n++) {
      file = Path.of(name + "-" + n + ".html");
    }
    return file;
  }
}
