package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A user's own images in folders: one subfolder per class, or folders named after parts that hold
 * the class folders, or class folders that hold parts ({@link FolderLayout}). Parts that are not
 * given are drawn from the training images.
 */
final class FolderDataset implements FileSource {
  private final Folder folder;
  private final Task task;
  private final List<String> notes;
  private final Skipped skipped = new Skipped();

  private FolderDataset(Folder folder, Task task, List<String> notes) {
    this.folder = folder;
    this.task = task;
    this.notes = new ArrayList<>(notes);
  }

  /** The class folders at a place, if it is a folder. */
  static Optional<FileSource> at(Place place) {
    return place
        .folder()
        .map(f -> new FolderDataset(f, place.asked().orElse(Task.ONE_LABEL), place.notes()));
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public FileParts list() {
    Map<Part, SortedMap<String, List<Folder>>> layout = new FolderLayout(folder, notes).read();
    ClassFolders folders = new ClassFolders(folder.path(), skipped, notes);
    LabelledFiles.Builder train = folders.list(layout.getOrDefault(Part.TRAIN, new TreeMap<>()));
    List<String> classes = train.sortedLabels();
    if (classes.size() < 2) {
      throw FolderProblems.tooFew(folder, classes, skipped);
    }
    noteAlike(classes);
    Map<Part, LabelledFiles> parts = new EnumMap<>(Part.class);
    layout.forEach(
        (part, folderOf) -> {
          if (part != Part.TRAIN) {
            part(part, folders, folderOf, classes).ifPresent(files -> parts.put(part, files));
          }
        });
    notes.addAll(skipped.notes());
    return new FileParts(
        train.build(folder.path(), task, classes),
        Optional.ofNullable(parts.get(Part.VALIDATION)),
        Optional.ofNullable(parts.get(Part.TEST)),
        skipped.reasons(),
        notes);
  }

  private Optional<LabelledFiles> part(
      Part part,
      ClassFolders folders,
      SortedMap<String, List<Folder>> folderOf,
      List<String> classes) {
    LabelledFiles.Builder files = folders.list(asInTraining(part, folderOf, classes));
    if (files.size() == 0) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>(classes);
    missing.removeAll(files.labels());
    if (!missing.isEmpty()) {
      notes.add(
          "No "
              + part.word()
              + " image is of "
              + FirstFew.inLine(missing.stream().map(name -> "'" + name + "'").toList())
              + ".");
    }
    return Optional.of(files.build(folder.path(), task, classes));
  }

  // The folders of a part by the names that their classes have in training.
  private static SortedMap<String, List<Folder>> asInTraining(
      Part part, SortedMap<String, List<Folder>> folderOf, List<String> classes) {
    SortedMap<String, List<Folder>> named = new TreeMap<>();
    List<Folder> unknown = new ArrayList<>();
    folderOf.forEach(
        (name, folders) -> {
          List<Folder> known = named.computeIfAbsent(known(name, classes), n -> new ArrayList<>());
          known.addAll(folders);
          if (!classes.contains(known(name, classes))) {
            folders.stream().filter(Folder::hasImages).forEach(unknown::add);
          }
        });
    if (!unknown.isEmpty()) {
      throw new WorkFailed(
          "The "
              + part.word()
              + " folder "
              + unknown.get(0).path().getParent()
              + " has classes without training images: "
              + FirstFew.inLine(unknown.stream().map(ClassFolders::nameOf).toList())
              + ". Add training images of these classes, or move their folders out of the data"
              + " set.");
    }
    return named;
  }

  private static String known(String name, List<String> classes) {
    List<String> alike = classes.stream().filter(c -> c.equalsIgnoreCase(name)).toList();
    return classes.contains(name) || alike.size() != 1 ? name : alike.get(0);
  }

  private void noteAlike(List<String> classes) {
    Map<String, String> byLowerCase = new TreeMap<>();
    for (String name : classes) {
      String other = byLowerCase.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        notes.add(
            "'"
                + other
                + "' and '"
                + name
                + "' are two classes: if they mean the same, move their images into one folder.");
      }
    }
  }
}
