package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Image files and the classes of each.
 *
 * @param root what {@link #describe} shows paths relative to
 * @param task whether each file has exactly one label
 * @param classNames the classes
 * @param paths the files
 * @param labels one a path: rising indices into the class names
 * @param notes sentences for the user on what was left out; mostly none
 */
record LabelledFiles(
    Path root,
    Task task,
    List<String> classNames,
    List<Path> paths,
    List<int[]> labels,
    List<String> notes) {
  LabelledFiles {
    classNames = List.copyOf(classNames);
    paths = List.copyOf(paths);
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
  }

  int size() {
    return paths.size();
  }

  String describe(int i) {
    return relative(root, paths.get(i));
  }

  /** A path below a folder, spelled alike on every system; one elsewhere as it is. */
  static String relative(Path root, Path file) {
    Path shown = file.startsWith(root) ? root.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }

  long bytes(int i) {
    try {
      return Files.size(paths.get(i));
    } catch (IOException e) {
      throw new WorkFailed(
          "The image " + paths.get(i) + " can't be read: " + AtomicFiles.reason(e) + ".", e);
    }
  }
}
