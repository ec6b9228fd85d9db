package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.DataConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder laid out as PASCAL VOC: {@code Annotations/ID.xml} and {@code JPEGImages}, and perhaps
 * {@code ImageSets/Main} with {@code train.txt}, {@code val.txt} and {@code test.txt}, which list
 * the images of the parts. A part without a list, or a test part without annotations, is drawn from
 * the training images. Labels are the objects' names; difficult ones do not count ({@link
 * VocAnnotation}).
 *
 * <p>Source: Everingham et al., The PASCAL Visual Object Classes Challenge, IJCV 111 (2015).
 */
final class VocFolder {
  private static final String XML = ".xml";

  private final Path root;
  private final Path annotations;
  private final List<String> notes = new ArrayList<>();

  private VocFolder(Path root) {
    this.root = root;
    annotations = root.resolve("Annotations");
  }

  /** Whether a folder is laid out as PASCAL VOC is. */
  static boolean is(Path folder) {
    return Files.isDirectory(folder.resolve("Annotations"))
        && Files.isDirectory(folder.resolve("JPEGImages"));
  }

  /**
   * Loads a folder.
   *
   * @param root a folder that {@link #is} one
   * @param config size and shares
   * @param listener hears images checked
   * @return the split
   * @throws WorkFailed if a list, an annotation or an image is bad
   */
  static Split load(Path root, DataConfig config, LoadListener listener) {
    return list(root).open(config, listener);
  }

  /** The files of a folder's parts. */
  static FileParts list(Path root) {
    return new VocFolder(root).lists().fileParts();
  }

  private ImageLists lists() {
    Optional<Set<String>> validationIds = ids("val");
    List<LabelledImage> train = images("training", trainIds(validationIds));
    Optional<List<LabelledImage>> validation = validationIds.map(ids -> images("validation", ids));
    Optional<List<LabelledImage>> test = testIds().map(ids -> images("test", ids));
    return new ImageLists(
        root,
        root,
        ImageLists.classesOf(train, validation.orElse(List.of()), test.orElse(List.of())),
        train,
        validation,
        test,
        notes);
  }

  private Set<String> trainIds(Optional<Set<String>> validation) {
    Optional<Set<String>> train = ids("train");
    if (train.isPresent()) {
      return train.get();
    }
    Optional<Set<String>> both = ids("trainval");
    both.ifPresent(ids -> validation.ifPresent(ids::removeAll));
    if (both.isEmpty() && (validation.isPresent() || ids("test").isPresent())) {
      throw new WorkFailed(
          "The folder "
              + list("train").getParent()
              + " has lists of images, but neither train.txt nor trainval.txt: add one.");
    }
    return both.orElseGet(this::all);
  }

  private Set<String> all() {
    Set<String> ids = new LinkedHashSet<>();
    for (Path file : ImageFiles.list(annotations, VocFolder::isAnnotation)) {
      String name = file.getFileName().toString();
      ids.add(name.substring(0, name.length() - XML.length()));
    }
    return ids;
  }

  private static boolean isAnnotation(Path file) {
    return file.getFileName().toString().endsWith(XML) && Files.isRegularFile(file);
  }

  // The challenge kept some test annotations to itself.
  private Optional<Set<String>> testIds() {
    Optional<Set<String>> ids = ids("test");
    if (ids.isEmpty() || ids.get().stream().allMatch(id -> isAnnotation(annotation(id)))) {
      return ids;
    }
    notes.add(
        "The images of "
            + LabelledFiles.relative(root, list("test"))
            + " left out, since annotations of them are missing: test images are drawn from the"
            + " training images.");
    return Optional.empty();
  }

  private Path list(String part) {
    return root.resolve("ImageSets").resolve("Main").resolve(part + ".txt");
  }

  private Path annotation(String id) {
    try {
      return annotations.resolve(id + XML);
    } catch (InvalidPathException e) {
      throw new WorkFailed(
          "The folder " + list("train").getParent() + " lists '" + id + "', which is no name.", e);
    }
  }

  // A line is an image's id, and perhaps more columns.
  private Optional<Set<String>> ids(String part) {
    Path file = list(part);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Set<String> ids = new LinkedHashSet<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          ids.add(line.strip().split("\\s+")[0]);
        }
      }
    } catch (IOException e) {
      throw new WorkFailed(file + " can't be read: " + AtomicFiles.reason(e) + ".", e);
    }
    return Optional.of(ids);
  }

  private List<LabelledImage> images(String part, Set<String> ids) {
    List<String> missing =
        ids.stream()
            .map(this::annotation)
            .filter(file -> !isAnnotation(file))
            .map(Path::toString)
            .toList();
    if (!missing.isEmpty()) {
      throw new WorkFailed(
          "Annotations of the "
              + part
              + " images of "
              + root
              + " do not exist: put them there, or take them out of the list.\n"
              + FirstFew.of(missing, "such files"));
    }
    return ids.stream().map(this::image).toList();
  }

  private LabelledImage image(String id) {
    VocAnnotation annotation = VocAnnotation.read(annotation(id));
    Path images = root.resolve("JPEGImages");
    Path fallback = images.resolve(id + ".jpg");
    if (annotation.fileName().isEmpty()) {
      return new LabelledImage(fallback, annotation.labels());
    }
    try {
      Path named = images.resolve(annotation.fileName());
      boolean there = Files.isRegularFile(named) || !Files.isRegularFile(fallback);
      return new LabelledImage(there ? named : fallback, annotation.labels());
    } catch (InvalidPathException e) {
      throw new WorkFailed(
          "The annotation " + annotation(id) + " has a <filename> that is no path.", e);
    }
  }
}
