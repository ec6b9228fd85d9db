package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finding image files. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * The image files that a path stands for.
   *
   * @param path a file, which is returned whatever its name, or a folder
   * @return the file; or the folder's {@code .png}, {@code .jpg} and {@code .jpeg} files, sorted
   * @throws WorkFailed if the path does not exist, or the folder holds no such file
   */
  public static List<Path> below(Path path) {
    if (!Files.exists(path)) {
      throw new WorkFailed(path + " does not exist: check its name.");
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = inFolder(path);
    if (files.isEmpty()) {
      throw new WorkFailed(path + " holds no .png, .jpg or .jpeg file.");
    }
    return files;
  }

  /** The image files of a folder, sorted; hidden files do not count. */
  static List<Path> inFolder(Path folder) {
    return list(folder, path -> Files.isRegularFile(path) && isImageName(path));
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
