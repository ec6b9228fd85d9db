package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folders in a folder that are named after parts, such as {@code train}, {@code Valid} and
 * {@code test_images}, or {@code seg_train} and {@code seg_test}.
 *
 * @param folder the folder that holds them
 * @param byPart the folders of each part; usually one
 */
record PartFolders(Folder folder, Map<Part, List<Folder>> byPart) {
  /** Sorts a folder's folders into parts and others. */
  static PartFolders of(Folder folder) {
    Map<String, Map<Part, List<Folder>>> byRest = new HashMap<>();
    for (Folder child : folder.folders()) {
      Part.of(child.name())
          .ifPresent(
              named ->
                  byRest
                      .computeIfAbsent(named.rest(), rest -> new EnumMap<>(Part.class))
                      .computeIfAbsent(named.part(), part -> new ArrayList<>())
                      .add(child));
    }
    Map<Part, List<Folder>> parts =
        byRest.entrySet().stream()
            .max(
                Comparator.<Map.Entry<String, Map<Part, List<Folder>>>>comparingInt(
                        e -> e.getValue().size())
                    .thenComparing(e -> -e.getKey().length())
                    .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
            .map(Map.Entry::getValue)
            .orElse(Map.of());
    return new PartFolders(folder, parts);
  }

  /** The other folders that hold images. */
  List<Folder> others() {
    List<Folder> named = byPart.values().stream().flatMap(List::stream).toList();
    return folder.folders().stream().filter(f -> !named.contains(f) && f.hasImages()).toList();
  }

  /** Whether folders for a part exist. */
  boolean has(Part part) {
    return byPart.containsKey(part);
  }

  /**
   * The folder of a part.
   *
   * @throws WorkFailed if there are several
   */
  Optional<Folder> only(Part part) {
    List<Folder> folders = byPart.getOrDefault(part, List.of());
    if (folders.size() > 1) {
      throw new WorkFailed(
          "The folder "
              + folder.path()
              + " has more than one "
              + part.word()
              + " folder ("
              + names(folders)
              + "): keep one.");
    }
    return folders.stream().findFirst();
  }

  /** The names of folders, for messages. */
  static String names(List<Folder> folders) {
    return folders.stream().map(Folder::name).collect(Collectors.joining(", "));
  }
}
