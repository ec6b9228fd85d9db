package dev.discern.data;

import dev.discern.config.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Labels in CSV files: one file, whose images all lie in one part or in the parts that a column
 * names; or one in each part's folder, as Roboflow exports them. Paths are relative to the file's
 * folder or absolute, or to a folder near it ({@link ImageFinder}).
 */
final class CsvLabels implements FileSource {
  private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".tab", ".psv", ".txt");
  private static final List<String> IN_PARTS = List.of("_classes.csv", "_annotations.csv");

  private final Place place;
  private final Path root;
  private final Map<Part, Path> files;

  private CsvLabels(Place place, Path root, Map<Part, Path> files) {
    this.place = place;
    this.root = root;
    this.files = files;
  }

  /** The lists at a place, if it is a CSV file or has such files in its parts. */
  static Optional<FileSource> at(Place place) {
    if (place.folder().isPresent()) {
      Folder folder = place.folder().get();
      Map<Part, Path> files = inParts(folder);
      return files.containsKey(Part.TRAIN)
          ? Optional.of(new CsvLabels(place, folder.path(), files))
          : Optional.empty();
    }
    String name = String.valueOf(place.path().getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith)
        ? Optional.of(
            new CsvLabels(
                place,
                place.path().toAbsolutePath().resolveSibling(""),
                new EnumMap<>(Map.of(Part.TRAIN, place.path()))))
        : Optional.empty();
  }

  private static Map<Part, Path> inParts(Folder folder) {
    Map<Part, Path> files = new EnumMap<>(Part.class);
    PartFolders parts = PartFolders.of(folder);
    for (Part part : parts.byPart().keySet()) {
      Folder inside = parts.byPart().get(part).get(0);
      IN_PARTS.stream()
          .filter(name -> inside.files().find(name) >= 0)
          .findFirst()
          .ifPresent(name -> files.put(part, inside.path().resolve(name)));
    }
    return files;
  }

  @Override
  public Task task() {
    return place.asked().orElseGet(() -> oneEach() ? Task.ONE_LABEL : Task.MANY_LABELS);
  }

  private boolean oneEach() {
    return files.values().stream().allMatch(file -> CsvList.of(file, place.asked()).oneEach());
  }

  @Override
  public FileParts list() {
    ImageLists lists = new ImageLists(place.path(), root);
    List<String> notes = new ArrayList<>(place.notes());
    files.forEach(
        (part, file) -> {
          CsvList list = CsvList.of(file, place.asked());
          list.note().ifPresent(notes::add);
          lists.announce(part);
          list.addTo(lists, part);
        });
    return lists.parts(place.asked(), List.of(), notes);
  }
}
