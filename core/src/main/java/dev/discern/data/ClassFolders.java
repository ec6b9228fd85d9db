package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists the images below class folders, at any depth. Files are sorted by name within their folder,
 * so that the order does not depend on the file system.
 */
final class ClassFolders {
  private final Path root;
  private final Skipped skipped;
  private final List<String> notes;

  /**
   * Prepares to list folders.
   *
   * @param root what paths are shown relative to
   * @param skipped counts files that are not images
   * @param notes receives sentences for the user
   */
  ClassFolders(Path root, Skipped skipped, List<String> notes) {
    this.root = root;
    this.skipped = skipped;
    this.notes = notes;
  }

  /**
   * The name of a class by its folder: in Unicode's composed form, as some systems write the parts
   * of a letter singly, and without blanks around it.
   */
  static String nameOf(Folder folder) {
    String name = Normalizer.normalize(folder.name(), Normalizer.Form.NFC).strip();
    return name.isEmpty() ? folder.name() : name;
  }

  /** Groups folders by the class they name. */
  static SortedMap<String, List<Folder>> byClass(List<Folder> folders) {
    SortedMap<String, List<Folder>> classes = new TreeMap<>();
    for (Folder folder : folders) {
      classes.computeIfAbsent(nameOf(folder), name -> new ArrayList<>()).add(folder);
    }
    return classes;
  }

  /**
   * Lists the images of classes.
   *
   * @param classes the folders of each class
   * @return the images, in the order of the classes; those without images are noted and missing
   */
  LabelledFiles.Builder list(SortedMap<String, List<Folder>> classes) {
    LabelledFiles.Builder files = new LabelledFiles.Builder();
    List<String> unread = new ArrayList<>();
    for (Map.Entry<String, List<Folder>> folders : classes.entrySet()) {
      List<String> label = List.of(folders.getKey());
      noteMerged(folders.getValue());
      for (Folder folder : folders.getValue()) {
        int before = files.size();
        Skipped passedOver = new Skipped();
        if (!folder.isOutput()) {
          walk(folder, label, new HashSet<>(), files, passedOver);
          if (files.size() == before) {
            noteEmpty(folder, passedOver, unread);
          }
          skipped.addAll(passedOver);
        }
      }
    }
    if (!unread.isEmpty()) {
      throw new WorkFailed(FirstFew.of(unread, "such folders"));
    }
    return files;
  }

  private void noteMerged(List<Folder> folders) {
    if (folders.size() > 1) {
      notes.add(
          "The folders "
              + folders.get(0).path()
              + " and "
              + folders.get(1).path()
              + " have names that look the same, so they make one class.");
    }
  }

  // A class whose every image is of a kind that is not read is not to vanish with a note.
  private void noteEmpty(Folder folder, Skipped passedOver, List<String> unread) {
    passedOver
        .unreadKind()
        .ifPresentOrElse(
            kind ->
                unread.add(
                    "The class folder "
                        + folder.path()
                        + " has only "
                        + kind
                        + " images, which are not read: convert them to JPEG or PNG, or remove the"
                        + " folder."),
            () -> notes.add("The folder " + folder.path() + " has no images and was left out."));
  }

  private void walk(
      Folder folder,
      List<String> label,
      Set<Object> seen,
      LabelledFiles.Builder files,
      Skipped passedOver) {
    if (!seen.add(folder.key()) || folder.isOutput()) {
      return;
    }
    String prefix = LabelledFiles.relative(root, folder.path()) + "/";
    FileNames names = folder.files();
    for (int i = 0; i < names.size(); i++) {
      String name = names.name(i);
      if (ImageFiles.isImageName(name)) {
        files.add(prefix + name, names.bytes(i), label);
      } else {
        passedOver.file(prefix + name);
      }
    }
    folder.broken().forEach(name -> passedOver.broken(prefix + name));
    folder.folders().forEach(child -> walk(child, label, seen, files, passedOver));
  }
}
