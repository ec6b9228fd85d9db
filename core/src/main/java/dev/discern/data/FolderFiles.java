package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The image files below a folder with one sub-folder a class. Classes and files are sorted by name,
 * so the order does not depend on the file system; hidden entries are passed over.
 */
final class FolderFiles {
  private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg");

  private final Path root;
  private final List<String> classNames;
  private final List<Path> paths = new ArrayList<>();
  private final List<int[]> labels = new ArrayList<>();
  private final List<Path> leftOut = new ArrayList<>();

  private FolderFiles(Path root, List<String> classNames) {
    this.root = root;
    this.classNames = classNames;
  }

  /**
   * Lists a folder.
   *
   * @param root what paths are shown relative to
   * @param folder the folder whose sub-folders are the classes: the root, or one below it
   * @return its files
   * @throws WorkFailed if there are fewer than 2 classes, or a class has no images
   */
  static LabelledFiles list(Path root, Path folder) {
    List<Path> classes = subFolders(folder);
    if (classes.size() < 2) {
      throw new WorkFailed(tooFew(folder, classes));
    }
    FolderFiles files = new FolderFiles(root, classes.stream().map(FolderFiles::name).toList());
    for (int c = 0; c < classes.size(); c++) {
      files.addClass(classes.get(c), new int[] {c});
    }
    return new LabelledFiles(
        root, Task.ONE_LABEL, files.classNames, files.paths, files.labels, files.notes());
  }

  /** The visible sub-folders of a folder, sorted by name. */
  static List<Path> subFolders(Path folder) {
    return entries(folder).stream().filter(Files::isDirectory).toList();
  }

  private void addClass(Path folder, int[] label) {
    int before = paths.size();
    for (Path entry : entries(folder)) {
      if (Files.isRegularFile(entry) && hasImageExtension(entry)) {
        paths.add(entry);
        labels.add(label);
      } else {
        leftOut.add(entry);
      }
    }
    if (paths.size() == before) {
      throw new WorkFailed(
          "Class folder " + folder + " has no PNG or JPEG images: add some, or remove it.");
    }
  }

  private static String tooFew(Path folder, List<Path> classes) {
    boolean flat = entries(folder).stream().anyMatch(FolderFiles::hasImageExtension);
    String found =
        classes.isEmpty()
            ? (flat ? "has images but no class folders" : "has no class folders")
            : "has only one class folder (" + name(classes.get(0)) + ")";
    return "The folder "
        + folder
        + " "
        + found
        + ": put the images of each class into a sub-folder with the class's name, 2 at least.";
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(e -> !name(e).startsWith("."))
          .sorted(Comparator.comparing(FolderFiles::name))
          .toList();
    } catch (IOException e) {
      throw new WorkFailed(
          "The folder " + folder + " can't be read: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  private static boolean hasImageExtension(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  // On entries of class folders that are no PNG or JPEG files: none or one.
  private List<String> notes() {
    return leftOut.isEmpty()
        ? List.of()
        : List.of(
            leftOut.size()
                + (leftOut.size() == 1 ? " entry" : " entries")
                + " in class folders left out, being no PNG or JPEG file, such as "
                + LabelledFiles.relative(root, leftOut.get(0))
                + ".");
  }
}
