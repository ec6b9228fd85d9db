package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Images with MS-COCO's annotations. The labels of an image are the categories of its annotations,
 * those of crowds included; categories that no image carries are no classes. Parts are files {@code
 * annotations/instances_train*.json}, {@code _val}, {@code _test}; a single file has its parts
 * drawn.
 *
 * <p>An image is looked for relative to the file that lists it, then in the folder {@code X} beside
 * the folder of a file {@code instances_X.json}.
 *
 * <p>Source: Lin et al., Microsoft COCO: Common Objects in Context, arXiv 1405.0312 (2014).
 */
final class CocoDataset {
  private static final String ANNOTATIONS = "annotations";
  private static final String PREFIX = "instances_";
  private static final String SUFFIX = ".json";

  private CocoDataset() {}

  /** Whether a folder is laid out as COCO is. */
  static boolean is(Path folder) {
    return !files(folder, "train").isEmpty();
  }

  /**
   * Loads a folder, or one file.
   *
   * @param source a folder that {@link #is} one, or a file of instances
   * @param config size and shares
   * @param listener hears images checked
   * @return the split; notes tell categories left out
   * @throws WorkFailed if a file or an image is bad
   */
  static Split load(Path source, DataConfig config, LoadListener listener) {
    return list(source).open(config, listener);
  }

  /** The files of the parts. */
  static FileParts list(Path source) {
    if (!Files.isDirectory(source)) {
      return lists(source, folderOf(source), source, Optional.empty(), Optional.empty())
          .fileParts();
    }
    Path train = only(source, "train").orElseThrow();
    return lists(source, source, train, only(source, "val"), only(source, "test")).fileParts();
  }

  private static List<Path> files(Path folder, String part) {
    Path annotations = folder.resolve(ANNOTATIONS);
    if (!Files.isDirectory(annotations)) {
      return List.of();
    }
    return ImageFiles.list(
        annotations,
        file -> {
          String name = file.getFileName().toString();
          return name.startsWith(PREFIX + part)
              && name.endsWith(SUFFIX)
              && Files.isRegularFile(file);
        });
  }

  private static Optional<Path> only(Path folder, String part) {
    List<Path> files = files(folder, part);
    if (files.size() > 1) {
      throw new WorkFailed(
          "The folder "
              + folder.resolve(ANNOTATIONS)
              + " has more than one file "
              + PREFIX
              + part
              + "*.json: keep one, or give the path of one file.");
    }
    return files.stream().findFirst();
  }

  private static ImageLists lists(
      Path source, Path root, Path train, Optional<Path> validation, Optional<Path> test) {
    CocoFile trainFile = CocoFile.read(train);
    Optional<CocoFile> validationFile = validation.map(CocoFile::read);
    Optional<CocoFile> testFile = test.map(CocoFile::read);
    List<CocoFile> files = new ArrayList<>(List.of(trainFile));
    validationFile.ifPresent(files::add);
    testFile.ifPresent(files::add);
    Map<Long, String> categories = categories(source, files);
    Set<Long> carried = new HashSet<>();
    for (CocoFile file : files) {
      file.images().keySet().forEach(image -> carried.addAll(file.carriedBy(image)));
    }
    int leftOut = categories.size() - carried.size();
    categories.keySet().retainAll(carried);
    List<String> notes =
        leftOut == 0
            ? List.of()
            : List.of(
                leftOut
                    + (leftOut == 1 ? " category" : " categories")
                    + " left out, since no image carries "
                    + (leftOut == 1 ? "it." : "them."));
    return new ImageLists(
        source,
        root,
        List.copyOf(categories.values()),
        images(trainFile),
        validationFile.map(CocoDataset::images),
        testFile.map(CocoDataset::images),
        notes);
  }

  private static Map<Long, String> categories(Path source, List<CocoFile> files) {
    Map<Long, String> all = new TreeMap<>();
    for (CocoFile file : files) {
      file.categories()
          .forEach(
              (id, name) -> {
                if (!name.equals(all.getOrDefault(id, name))
                    || (!all.containsKey(id) && all.containsValue(name))) {
                  throw new WorkFailed(
                      source
                          + " has files that differ in their categories, such as "
                          + id
                          + " ("
                          + name
                          + "): give all the same.");
                }
                all.put(id, name);
              });
    }
    return all;
  }

  private static List<LabelledImage> images(CocoFile file) {
    Optional<Path> folder = imagesOf(file.file());
    return file.images().entrySet().stream()
        .map(
            image ->
                new LabelledImage(
                    place(file, folder, image.getValue()),
                    file.carriedBy(image.getKey()).stream()
                        .map(id -> file.categories().getOrDefault(id, ""))
                        .collect(Collectors.toSet())))
        .toList();
  }

  private static Path place(CocoFile coco, Optional<Path> folder, String name) {
    try {
      Path beside = coco.file().resolveSibling(name);
      return Files.isRegularFile(beside) || folder.isEmpty() ? beside : folder.get().resolve(name);
    } catch (InvalidPathException e) {
      throw new WorkFailed(coco.file() + " has the file_name '" + name + "', which is no path.", e);
    }
  }

  // ../X of annotations/instances_X.json, if there is such a folder.
  private static Optional<Path> imagesOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String part = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
    return Optional.of(file.toAbsolutePath().resolveSibling("..").resolve(part).normalize())
        .filter(Files::isDirectory);
  }

  private static Path folderOf(Path file) {
    return imagesOf(file).orElse(file).resolveSibling("");
  }
}
