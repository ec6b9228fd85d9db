package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images with annotations in MS-COCO's format. The labels of an image are the categories of its
 * annotations, those of crowds included; categories that no image carries are not classes. The
 * annotations are one file; or the files of a folder {@code annotations}, whose names say which
 * part they describe; or one file in the folder of each part, as Roboflow exports them.
 *
 * <p>Source: Lin et al., Microsoft COCO: Common Objects in Context, arXiv 1405.0312 (2014).
 */
final class CocoDataset implements FileSource {
  private static final String PREFIX = "instances_";
  private static final String SUFFIX = ".json";
  // COCO's other annotations of the same images.
  private static final List<String> OTHERS =
      List.of("captions_", "person_keypoints_", "panoptic_", "stuff_");

  // Some tools write a JSON file for each image.
  private static final int MOST_LOOKED_INTO = 20;

  private final Place place;
  private final Path root;
  private final Map<Part, Path> files;

  private CocoDataset(Place place, Path root, Map<Part, Path> files) {
    this.place = place;
    this.root = root;
    this.files = files;
  }

  /** The annotations at a place, if it is a JSON file, or a folder that has some. */
  static Optional<FileSource> at(Place place) {
    if (place.folder().isEmpty()) {
      return isJson(String.valueOf(place.path().getFileName()))
          ? Optional.of(
              new CocoDataset(place, rootOf(place.path()), Map.of(Part.TRAIN, place.path())))
          : Optional.empty();
    }
    Folder folder = place.folder().get();
    Map<Part, Path> files = inFolder(folder);
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new CocoDataset(place, folder.path(), files));
  }

  private static boolean isJson(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  private static Path rootOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    boolean inAnnotations =
        String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT).startsWith("annotation");
    return inAnnotations ? folder.resolveSibling("") : folder;
  }

  private static Map<Part, Path> inFolder(Folder folder) {
    Optional<Folder> annotations =
        folder.folder("annotations").or(() -> folder.folder("annotation"));
    Map<Part, Path> files = annotations.map(CocoDataset::byName).orElse(Map.of());
    if (files.isEmpty()) {
      files = byName(folder);
    }
    return files.isEmpty() ? byFolder(folder) : files;
  }

  // train/_annotations.coco.json, valid/..., test/...
  private static Map<Part, Path> byFolder(Folder folder) {
    Map<Part, Path> files = new EnumMap<>(Part.class);
    PartFolders parts = PartFolders.of(folder);
    for (Part part : parts.byPart().keySet()) {
      List<Path> found = new ArrayList<>();
      parts.byPart().get(part).forEach(f -> found.addAll(annotationsIn(f)));
      if (found.size() == 1) {
        files.put(part, found.get(0));
      } else if (found.size() > 1) {
        throw several(folder, part, found);
      }
    }
    return files.containsKey(Part.TRAIN) ? files : Map.of();
  }

  private static Map<Part, Path> byName(Folder folder) {
    List<Path> found = annotationsIn(folder);
    Map<Part, Path> files = new EnumMap<>(Part.class);
    for (Path file : found) {
      Optional<Part> part = Part.of(stem(file)).map(Part.Named::part);
      Path before = part.map(p -> files.putIfAbsent(p, file)).orElse(null);
      if (before != null) {
        throw several(folder, part.orElseThrow(), List.of(before, file));
      }
    }
    if (files.isEmpty() && found.size() == 1) {
      files.put(Part.TRAIN, found.get(0));
    } else if (!found.isEmpty() && !files.containsKey(Part.TRAIN)) {
      throw several(folder, Part.TRAIN, found);
    }
    return files;
  }

  private static WorkFailed several(Folder folder, Part part, List<Path> files) {
    return new WorkFailed(
        "The folder "
            + folder.path()
            + " does not say which file has the "
            + part.word()
            + " annotations ("
            + FirstFew.inLine(files.stream().map(f -> String.valueOf(f.getFileName())).toList())
            + "): name one of them instances_train.json, or give the path of one file.");
  }

  // The files of instances; if no name says so, every file that looks like COCO.
  private static List<Path> annotationsIn(Folder folder) {
    List<Path> instances = new ArrayList<>();
    List<Path> alike = new ArrayList<>();
    FileNames files = folder.files();
    int looked = 0;
    for (int i = 0; i < files.size(); i++) {
      String name = files.name(i);
      Path file = folder.path().resolve(name);
      if (isJson(name) && name.startsWith(PREFIX)) {
        instances.add(file);
      } else if (isJson(name)
          && OTHERS.stream().noneMatch(name::startsWith)
          && looked++ < MOST_LOOKED_INTO
          && CocoFile.looksLike(file)) {
        alike.add(file);
      }
    }
    return instances.isEmpty() ? alike : instances;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  @Override
  public Task task() {
    return place.asked().orElseGet(() -> oneEach() ? Task.ONE_LABEL : Task.MANY_LABELS);
  }

  private boolean oneEach() {
    for (Map.Entry<Part, Path> part : files.entrySet()) {
      CocoFile file = CocoFile.read(part.getValue());
      for (int i = 0; i < file.size() && isUsed(part.getKey(), file); i++) {
        if (file.labels(i).size() != 1) {
          return false;
        }
      }
    }
    return true;
  }

  // ImageLists leaves other parts without labels out.
  private static boolean isUsed(Part part, CocoFile file) {
    return part == Part.TRAIN || file.hasAnnotations();
  }

  @Override
  public FileParts list() {
    ImageLists lists = new ImageLists(place.path(), root);
    List<String> notes = new ArrayList<>(place.notes());
    Set<String> classes = new LinkedHashSet<>();
    Set<String> carried = new LinkedHashSet<>();
    for (Map.Entry<Part, Path> entry : files.entrySet()) {
      Part part = entry.getKey();
      CocoFile file = CocoFile.read(entry.getValue());
      classes.addAll(file.classes());
      add(lists, part, file, carried);
    }
    List<String> unused = classes.stream().filter(name -> !carried.contains(name)).toList();
    if (!unused.isEmpty()) {
      notes.add(
          (unused.size() == 1 ? "1 category was" : unused.size() + " categories were")
              + " left out, since no image carries "
              + (unused.size() == 1 ? "it: " : "them: ")
              + FirstFew.inLine(unused)
              + ".");
    }
    return lists.parts(place.asked(), List.copyOf(classes), notes);
  }

  private static void add(ImageLists lists, Part part, CocoFile file, Set<String> carried) {
    lists.announce(part);
    ImageFinder finder =
        new ImageFinder(ImageFinder.around(file.file(), likely(file.file(), part)), true);
    for (int i = 0; i < file.size(); i++) {
      Set<String> labels = file.labels(i);
      carried.addAll(labels);
      lists.add(part, finder, file.fileName(i), labels, "image " + (i + 1));
    }
  }

  // instances_train2017.json lists the images of train2017, or else of train.
  private static List<String> likely(Path file, Part part) {
    String stem = stem(file);
    String own = stem.startsWith(PREFIX) ? stem.substring(PREFIX.length()) : stem;
    return switch (part) {
      case TRAIN -> List.of(own, "train");
      case VALIDATION -> List.of(own, "val", "valid", "validation");
      case TEST -> List.of(own, "test");
    };
  }
}
