package dev.discern.run;

import dev.discern.card.FolderContents;
import dev.discern.card.ModelFile;
import dev.discern.config.AtomicFiles;
import dev.discern.config.ConfigTree;
import dev.discern.config.Diverged;
import dev.discern.config.FileNames;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.head.Methods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run on disk, the source of truth: {@code config.yaml} and {@code environment.json} before the
 * first step, one line of {@code metrics.jsonl} per epoch, {@code checkpoints/}, and at the end
 * {@code weights.safetensors}, {@code predictions.csv}, {@code features.csv} and {@code
 * certainty.csv} (of one class per image) and {@code result.json}. Viewers of a live run read
 * {@code progress.json} and {@code confusion.json}.
 */
public final class RunDirectory implements AutoCloseable {
  private static final JsonMapper LINES = JsonMapper.shared();
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String DAMAGED = "damaged-images.json";

  private final Path path;
  private final @Nullable FolderLock lock;

  private RunDirectory(Path path, @Nullable FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates a new run's folder, with its parents.
   *
   * @param path the folder; must not exist
   * @return the empty directory, locked against other processes
   * @throws InvalidConfig if it exists
   * @throws WorkFailed if it cannot be created
   */
  public static RunDirectory create(Path path) {
    requireFree(path);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.createDirectory(path);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(path, e);
    }
    return new RunDirectory(path, FolderLock.of(path));
  }

  /**
   * Refuses an existing path before any work is wasted.
   *
   * @param path the folder of a new run
   * @throws InvalidConfig if it exists
   */
  public static void requireFree(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw existing(path);
    }
  }

  private static InvalidConfig existing(Path path) {
    return new InvalidConfig(
        path
            + " exists, and a run never writes over another: choose another folder, or, if it is a"
            + " run that was interrupted, resume it.");
  }

  /**
   * A free path for a new run, made of data, loss, model and seed, and numbered if necessary.
   *
   * @param parent the folder of runs
   * @param config the run's configuration
   * @return a free path below the parent
   */
  public static Path free(Path parent, RunConfig config) {
    String name =
        FileNames.of(
            String.join(
                "-",
                Datasets.nameOf(config.data().source()),
                config.method(),
                config.model().name(),
                "seed" + config.train().seed()));
    Path path = parent.resolve(name);
    for (int n = 2; Files.exists(path); n++) {
      path = parent.resolve(name + "-" + n);
    }
    return path;
  }

  /**
   * Opens a run to resume it. Does not change a folder that is not a run.
   *
   * @param path its folder
   * @return the directory, locked against other processes
   * @throws InvalidConfig if there is no such folder, or it is not a run
   * @throws WorkFailed if another process writes to it
   */
  public static RunDirectory openToWrite(Path path) {
    requireFolder(path);
    requireConfig(path);
    return new RunDirectory(path, FolderLock.of(path));
  }

  /**
   * Opens a run to read it.
   *
   * @param path its folder
   * @return the directory
   * @throws InvalidConfig if there is no such folder
   */
  public static RunDirectory open(Path path) {
    requireFolder(path);
    return new RunDirectory(path, null);
  }

  private static void requireFolder(Path path) {
    if (Files.isRegularFile(path)) {
      throw new InvalidConfig(
          path + " is a file, but a run is a folder: name the folder that training wrote.");
    }
    if (!Files.isDirectory(path)) {
      throw new InvalidConfig("There is no run " + path + ": name the folder that training wrote.");
    }
  }

  private static void requireConfig(Path path) {
    boolean comparison = FolderContents.isComparison(path);
    if (comparison || !Files.exists(path.resolve("config.yaml"))) {
      String found =
          ModelFile.isIn(path) && !comparison
              ? "it has weights, but no config.yaml, without which it can only predict and be"
                  + " evaluated on other data"
              : FolderContents.describe(path);
      throw new InvalidConfig(
          path + " is not a whole run: " + found + ". Name a run's folder with its config.yaml.");
    }
  }

  /**
   * The run's folder.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * The folder of the checkpoints.
   *
   * @return its path
   */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /**
   * The file of the last epoch's weights.
   *
   * @return the file's path
   */
  public Path weights() {
    return path.resolve("weights.safetensors");
  }

  /**
   * Writes {@code config.yaml}.
   *
   * @param config the complete configuration
   */
  public void writeConfig(RunConfig config) {
    AtomicFiles.writeText(path.resolve("config.yaml"), ConfigTree.of(config) + "\n");
  }

  /**
   * Reads {@code config.yaml}.
   *
   * @return the configuration
   * @throws InvalidConfig if there is none, or the folder is a comparison's
   */
  public RunConfig config() {
    requireConfig(path);
    Path file = path.resolve("config.yaml");
    return ConfigTree.defaults()
        .with(ConfigTree.read(file), file.toString())
        .toConfig(file.toString());
  }

  /**
   * How many labels an image of this run has, according to its method; does not need the data.
   *
   * @return one, or several
   */
  public Task task() {
    return Methods.taskOf(config().loss().spec());
  }

  /**
   * Writes a JSON file of the run.
   *
   * @param name its name
   * @param content a value that Jackson can write
   */
  public void writeJson(String name, Object content) {
    AtomicFiles.writeText(path.resolve(name), PRETTY.writeValueAsString(content) + "\n");
  }

  /**
   * Converts a value to a JSON tree.
   *
   * @param content a value that Jackson can write
   * @return the same value as a tree
   */
  static JsonNode tree(Object content) {
    return PRETTY.valueToTree(content);
  }

  /**
   * Reads a JSON file of the run.
   *
   * @param name its name
   * @return its content, or empty if it does not exist
   * @throws WorkFailed if it is damaged
   */
  public Optional<JsonNode> readJson(String name) {
    Path file = path.resolve(name);
    try {
      return Optional.of(LINES.readTree(AtomicFiles.readText(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw new WorkFailed("Cannot read " + file + " (" + AtomicFiles.reason(e) + ").", e);
    }
  }

  /**
   * Records which images were damaged, so that replacing them does not count as a change of the
   * data.
   *
   * @param identities the identity of each image in {@link dev.discern.data.Fingerprint}, by name
   */
  void writeDamagedImages(Map<String, byte[]> identities) {
    Map<String, byte[]> all = new TreeMap<>(identities);
    all.putAll(damagedImages()); // the identity when the run began takes precedence
    writeJson(DAMAGED, all);
  }

  /**
   * The images that were damaged in an earlier session.
   *
   * @return the identity of each image in {@link dev.discern.data.Fingerprint}, by name; usually
   *     empty
   */
  Map<String, byte[]> damagedImages() {
    Map<String, byte[]> identities = new TreeMap<>();
    readJson(DAMAGED)
        .ifPresent(
            json ->
                json.properties()
                    .forEach(
                        image ->
                            identities.put(
                                image.getKey(),
                                Base64.getDecoder().decode(image.getValue().asString("")))));
    return identities;
  }

  /**
   * Records that training diverged.
   *
   * @param diverged the epoch, step and reason
   */
  void writeDivergence(Diverged diverged) {
    writeJson(
        "diverged.json",
        Map.of(
            "epoch", diverged.epoch(),
            "step", diverged.step(),
            "message", String.valueOf(diverged.getMessage())));
  }

  /**
   * Appends a line to {@code metrics.jsonl}, durably.
   *
   * @param line a value that Jackson can write
   */
  public void appendMetrics(JsonNode line) {
    metricsFile().append(line);
  }

  /**
   * The lines of {@code metrics.jsonl}, without a last line that a kill truncated.
   *
   * @return one object per epoch, oldest first
   * @throws WorkFailed if another line is damaged; the message names it
   */
  public List<JsonNode> metrics() {
    return metricsFile().read();
  }

  /**
   * Removes the lines of epochs that will be trained again.
   *
   * @param epochs the last epoch to keep
   * @throws WorkFailed if a line is damaged; the file is then left as it is
   */
  public void keepMetricsUntil(int epochs) {
    metricsFile().keepUntil(epochs);
  }

  private MetricsFile metricsFile() {
    return new MetricsFile(path.resolve("metrics.jsonl"));
  }

  /** Releases the lock. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
