package dev.discern.compare;

import dev.discern.card.FolderContents;
import dev.discern.card.ModelFile;
import dev.discern.config.AtomicFiles;
import dev.discern.config.ConfigTree;
import dev.discern.config.FileNames;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.report.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comparison's folder: {@code config.yaml} (what all runs share), {@code comparison.json}
 * (methods and seeds), a run directory per method and seed, and at the end the results and the
 * report.
 */
public final class ComparisonFolder {
  private static final String SHARED = "config.yaml";
  private static final String PLAN = "comparison.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private ComparisonFolder() {}

  /**
   * The default folder for a plan: the first of {@code NAME}, {@code NAME-2} ... that is free or
   * has a comparison with the same shared configuration, which is resumed.
   *
   * @param parent the folder of runs
   * @param plan the runs to compare
   * @return its path
   */
  public static Path choose(Path parent, Plan plan) {
    String name =
        FileNames.of(
            "compare-"
                + Datasets.nameOf(plan.base().data().source())
                + "-"
                + plan.base().model().name());
    Path path = parent.resolve(name);
    for (int n = 2; Files.exists(path) && !shares(path, plan.base()); n++) {
      path = parent.resolve(name + "-" + n);
    }
    return path;
  }

  private static boolean shares(Path path, RunConfig base) {
    // As text: a folder of another version, which lacks a key, is another comparison.
    Path file = path.resolve(SHARED);
    return Files.exists(file) && ConfigTree.read(file).flat().equals(ConfigTree.of(base).flat());
  }

  /**
   * Whether a folder holds a comparison.
   *
   * @param folder the folder
   * @return true if it does
   */
  public static boolean isOne(Path folder) {
    return FolderContents.isComparison(folder);
  }

  /** The plan of the last comparison in the folder; refuses damaged files. */
  static Plan plan(Path folder) {
    Path file = folder.resolve(PLAN);
    try {
      var node = JSON.readTree(AtomicFiles.readText(file));
      List<Method> methods =
          node.path("methods").valueStream().map(m -> Method.parse(m.asString())).toList();
      List<Long> seeds = node.path("seeds").valueStream().map(s -> s.asLong()).toList();
      return new Plan(shared(folder), methods, seeds);
    } catch (IOException | JacksonException e) {
      throw new WorkFailed(
          "Cannot read " + file + " (" + AtomicFiles.reason(e) + "): compare again.", e);
    }
  }

  /**
   * The runs of the last comparison in the folder.
   *
   * @param folder a comparison's folder
   * @return one per method and seed
   */
  public static List<Entry> entries(Path folder) {
    return plan(folder).entries(folder);
  }

  private static RunConfig shared(Path folder) {
    Path file = folder.resolve(SHARED);
    return ConfigTree.defaults()
        .with(ConfigTree.read(file), file.toString())
        .toConfig(file.toString());
  }

  /** Creates the folder, or refuses one that has other content or another comparison. */
  static void prepare(Path folder, Plan plan) {
    if (!Files.exists(folder)) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw AtomicFiles.cannotWrite(folder, e);
      }
    } else if (isRun(folder)) {
      throw new InvalidConfig(
          folder + " is a run, not a comparison: choose another folder, or an empty one.");
    } else if (Files.exists(folder.resolve(SHARED))) {
      requireSame(folder, ConfigTree.of(shared(folder)).flat(), ConfigTree.of(plan.base()).flat());
    } else if (!isEmpty(folder)) {
      throw new InvalidConfig(
          folder + " exists and is not a comparison: choose another folder, or an empty one.");
    }
  }

  // Runs and comparisons both have a configuration, and a comparison that was killed early has
  // nothing else.
  private static boolean isRun(Path folder) {
    return !isOne(folder)
        && (Files.exists(folder.resolve("environment.json")) || ModelFile.isIn(folder));
  }

  private static void requireSame(Path folder, Map<String, String> own, Map<String, String> asked) {
    asked.forEach(
        (key, value) -> {
          if (!value.equals(own.get(key))) {
            throw new InvalidConfig(
                folder
                    + " holds a comparison with "
                    + key
                    + " "
                    + own.get(key)
                    + ", not "
                    + value
                    + ": leave that out to resume it, or choose another folder.");
          }
        });
  }

  // A lock that a killed process left behind is not the user's data.
  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(entry -> entry.getFileName().toString().equals(".lock"));
    } catch (IOException e) {
      throw new InvalidConfig(folder + " cannot be read (" + AtomicFiles.reason(e) + ").", e);
    }
  }

  static void write(Path folder, Plan plan) {
    AtomicFiles.writeText(folder.resolve(SHARED), ConfigTree.of(plan.base()) + "\n");
    ObjectNode node = JSON.createObjectNode();
    var methods = node.putArray("methods");
    plan.methods().forEach(method -> methods.add(method.toString()));
    var seeds = node.putArray("seeds");
    plan.seeds().forEach(seeds::add);
    AtomicFiles.writeText(folder.resolve(PLAN), node.toPrettyString() + "\n");
  }

  /** Removes a run that was killed before it wrote its configuration: it has no content. */
  static void clearStillborn(Path run) {
    if (!Files.isDirectory(run) || Files.exists(run.resolve(SHARED)) || !isEmpty(run)) {
      return;
    }
    try {
      Files.deleteIfExists(run.resolve(".lock"));
      Files.delete(run);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(run, e);
    }
  }
}
