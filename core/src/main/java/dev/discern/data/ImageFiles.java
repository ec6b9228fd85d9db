package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finding image files. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * The images at a path.
   *
   * @param files the image files, sorted by path within each folder
   * @param skipped how many files were passed over, hidden ones apart
   * @param notes sentences on what was passed over, with an example
   */
  public record Found(List<Path> files, int skipped, List<String> notes) {
    /** Copies the lists. */
    public Found {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Finds the image files at a path, at any depth.
   *
   * @param path a file, which is returned whatever its name, or a folder
   * @return the file, or the images in the folder and below it
   * @throws WorkFailed if the path does not exist, or there is no image
   */
  public static Found below(Path path) {
    if (!Files.exists(path)) {
      throw new WorkFailed(path + " does not exist: check its name.");
    }
    if (!Files.isDirectory(path)) {
      return new Found(List.of(path), 0, List.of());
    }
    List<Path> files = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    walk(path, files, others);
    if (files.isEmpty()) {
      throw new WorkFailed("The folder " + path + " has no images.");
    }
    List<String> notes =
        others.isEmpty()
            ? List.of()
            : List.of(
                others.size()
                    + (others.size() == 1
                        ? " file that is not an image was"
                        : " files that are not images were")
                    + " left out, such as "
                    + others.get(0)
                    + ".");
    return new Found(files, others.size(), notes);
  }

  private static void walk(Path folder, List<Path> files, List<Path> others) {
    for (Path path : list(folder, Files::isRegularFile)) {
      (isImageName(path) ? files : others).add(path);
    }
    subFolders(folder).forEach(inner -> walk(inner, files, others));
  }

  /** The sub-folders of a folder, sorted; hidden ones do not count. */
  static List<Path> subFolders(Path folder) {
    return list(folder, Files::isDirectory);
  }

  /** Some entries of a folder, sorted; hidden ones do not count. */
  static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(wanted)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new WorkFailed(folder + " can't be read (" + AtomicFiles.reason(e) + ").", e);
    }
  }

  private static boolean isImageName(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }
}
