package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The lists in {@code ImageSets/Main} of a PASCAL VOC folder: {@code train.txt}, {@code val.txt},
 * {@code trainval.txt} and {@code test.txt}; or, without those, the lists of single classes such as
 * {@code cat_train.txt}, which together name the same images.
 */
final class VocLists {
  private static final String ENDING = ".txt";

  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private final Predicate<String> isId;

  private VocLists(Folder folder, Predicate<String> isId) {
    this.folder = folder.path();
    this.isId = isId;
    FileNames names = folder.files();
    for (int i = 0; i < names.size(); i++) {
      if (names.name(i).endsWith(ENDING)) {
        files.add(folder.path().resolve(names.name(i)));
      }
    }
  }

  /**
   * Finds the lists of a folder.
   *
   * @param root a VOC folder
   * @param isId whether a text is the id of an annotated image
   */
  static Optional<VocLists> in(Folder root, Predicate<String> isId) {
    return root.folder("ImageSets")
        .map(sets -> sets.folder("Main").orElse(sets))
        .map(folder -> new VocLists(folder, isId))
        .filter(VocLists::areThere);
  }

  private boolean areThere() {
    if (List.of("train", "val", "trainval", "test").stream()
        .anyMatch(part -> !of(part).isEmpty())) {
      return true;
    }
    return !ofClasses("train").isEmpty()
        && (!ofClasses("val").isEmpty() || !ofClasses("test").isEmpty());
  }

  private List<Path> of(String part) {
    return files.stream().filter(f -> name(f).equals(part + ENDING)).toList();
  }

  private List<Path> ofClasses(String part) {
    return files.stream().filter(f -> name(f).endsWith("_" + part + ENDING)).toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  Path folder() {
    return folder;
  }

  /** The ids of a part's images, if it has a list. */
  Optional<Set<String>> ids(String part) {
    boolean whole =
        List.of("train", "val", "trainval", "test").stream().anyMatch(p -> !of(p).isEmpty());
    List<Path> lists = whole ? of(part) : ofClasses(part);
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    Set<String> ids = new LinkedHashSet<>();
    lists.forEach(list -> read(list, ids));
    return Optional.of(ids);
  }

  private void read(Path list, Set<String> ids) {
    try {
      for (String line : Files.readAllLines(list)) {
        if (!line.isBlank()) {
          ids.add(id(line.strip()));
        }
      }
    } catch (IOException e) {
      throw new WorkFailed(list + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  // A line is an image's id, or its path, and optionally a column that says whether it shows a
  // class.
  private String id(String line) {
    String name = line.substring(line.replace('\\', '/').lastIndexOf('/') + 1);
    String id = ImageFiles.stem(name);
    return isId.test(id) ? id : ImageFiles.stem(name.replaceFirst("\\s+-?\\d+$", ""));
  }
}
