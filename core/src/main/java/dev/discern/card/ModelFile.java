package dev.discern.card;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file with a network's weights.
 *
 * @param file weights or a checkpoint
 * @param card the weights' model card
 * @param note a sentence for the user if another file than the requested one was opened; usually
 *     empty
 */
public record ModelFile(Path file, ModelCard card, String note) {
  /** The checkpoint of the best epoch by validation. */
  public static final String BEST = "best";

  /** The checkpoint that training resumes from. */
  public static final String LAST = "last";

  private static final Path WEIGHTS = Path.of("weights.safetensors");

  /**
   * Finds the weights at a path.
   *
   * <p>In a run's folder, {@code best} is {@code checkpoints/best}, or else {@code
   * weights.safetensors} (the last epoch), or else {@code checkpoints/last}; {@code last} is {@code
   * weights.safetensors}, which is calibrated, or else {@code checkpoints/last}. No other file of
   * the run is needed.
   *
   * @param path a run's folder, or a weights file or checkpoint itself, which is opened whichever
   *     checkpoint is requested; or, where no such file exists, the name of an embedded network
   * @param checkpoint {@code best} or {@code last}
   * @return the file and its card
   * @throws InvalidConfig if nothing is there, or the folder is not a run
   * @throws WorkFailed if the run has no such weights yet, or the file is damaged
   */
  public static ModelFile find(Path path, String checkpoint) {
    if (ImageNames.isImage(path.toString()) && Files.exists(path)) {
      throw new InvalidConfig(
          path
              + " is an image, not a run: name the folder that training wrote, or a weights file.");
    }
    if (Files.isRegularFile(path)) {
      return new ModelFile(path, ModelCard.of(path), "");
    }
    if (!Files.isDirectory(path)) {
      return EmbeddedModels.find(path.toString())
          .map(file -> new ModelFile(file, ModelCard.of(file), ""))
          .orElseThrow(() -> absent(path));
    }
    List<Path> wanted = candidates(checkpoint);
    Path found =
        first(path, wanted)
            .orElseThrow(() -> FolderContents.isComparison(path) ? notARun(path) : none(path));
    String note =
        checkpoint.equals(LAST) || found.equals(wanted.get(0))
            ? ""
            : path + " has no " + wanted.get(0) + ": " + found + " is used instead.";
    Path file = path.resolve(found);
    return new ModelFile(file, ModelCard.of(file), note);
  }

  /**
   * Whether a folder has weights of any kind.
   *
   * @param folder the folder
   * @return true if {@link #find} finds a file for some checkpoint
   */
  public static boolean isIn(Path folder) {
    return first(folder, candidates(BEST)).isPresent();
  }

  private static List<Path> candidates(String checkpoint) {
    Path best = Path.of("checkpoints", BEST);
    Path last = Path.of("checkpoints", LAST);
    return checkpoint.equals(LAST) ? List.of(WEIGHTS, last) : List.of(best, WEIGHTS, last);
  }

  private static Optional<Path> first(Path folder, List<Path> candidates) {
    return candidates.stream()
        .filter(name -> Files.isRegularFile(folder.resolve(name)))
        .findFirst();
  }

  private static InvalidConfig absent(Path path) {
    return new InvalidConfig(
        "There is no run "
            + path
            + ": name the folder that training wrote, a weights file, or "
            + String.join(", ", EmbeddedModels.names())
            + ".");
  }

  private static RuntimeException none(Path path) {
    if (isIn(path)) {
      return new WorkFailed(
          path + " has neither checkpoints/last nor weights.safetensors: use the best checkpoint.");
    }
    return Files.exists(path.resolve("config.yaml"))
        ? new WorkFailed(path + " has no weights yet: resume the run for an epoch or more.")
        : notARun(path);
  }

  private static InvalidConfig notARun(Path path) {
    return new InvalidConfig(
        path
            + " is not a run: "
            + FolderContents.describe(path)
            + ". Name a folder with "
            + List.of(Path.of("checkpoints", BEST), WEIGHTS).stream()
                .map(Path::toString)
                .collect(Collectors.joining(" or "))
            + " in it, or such a file.");
  }
}
