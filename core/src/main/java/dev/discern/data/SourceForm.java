package dev.discern.data;

import dev.discern.config.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The forms that a user's own images come in, told by names alone: no file is read for it. */
enum SourceForm {
  /** A folder with one sub-folder a class. */
  CLASS_FOLDERS(Task.ONE_LABEL),
  /** A file {@code *.csv}. */
  CSV(Task.MANY_LABELS),
  /** A folder with {@code Annotations} and {@code JPEGImages}. */
  VOC(Task.MANY_LABELS),
  /** A file {@code *.json}. */
  COCO_FILE(Task.MANY_LABELS),
  /** A folder with {@code annotations/instances_train*.json}. */
  COCO_FOLDER(Task.MANY_LABELS);

  private final Task task;

  SourceForm(Task task) {
    this.task = task;
  }

  Task task() {
    return task;
  }

  /** The form of what is at a path; none if nothing is there that can be a source. */
  static Optional<SourceForm> of(Path path) {
    if (Files.isDirectory(path)) {
      return Optional.of(
          VocFolder.is(path) ? VOC : CocoDataset.is(path) ? COCO_FOLDER : CLASS_FOLDERS);
    }
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    return name.endsWith(".csv")
        ? Optional.of(CSV)
        : name.endsWith(".json") ? Optional.of(COCO_FILE) : Optional.empty();
  }
}
