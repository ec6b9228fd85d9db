package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The data sets known by name, and the one way to load them or a user's own images.
 *
 * <p>A source is {@code digits}, {@code fashion-mnist}, {@code fashion-mnist:DIR}, or a path: of a
 * folder with one sub-folder a class, or, where images have several labels each, of
 *
 * <ul>
 *   <li>a file {@code *.csv} with a line {@code path,label;label;...} an image,
 *   <li>a folder of PASCAL VOC, with {@code Annotations} and {@code JPEGImages}; objects marked
 *       difficult are no labels,
 *   <li>a file {@code *.json} of MS-COCO's instances, or a folder with {@code
 *       annotations/instances_train*.json}.
 * </ul>
 *
 * <p>Names win over folders of the same name; write {@code ./digits} for the folder.
 */
public final class Datasets {
  private static final List<DatasetSpec> ALL = List.of(Digits.SPEC, FashionMnist.SPEC);

  // Few images make few steps: small batches make more of them (docs/results.md).
  private static final Map<String, Object> OWN_SETTINGS =
      Map.of("data.augment", List.of("crop(padding=8)", "flip"), "optim.lr", 0.05);

  private Datasets() {}

  /**
   * The catalogue.
   *
   * @return the data sets known by name, in the order to show them
   */
  public static List<DatasetSpec> all() {
    return ALL;
  }

  /**
   * What differs from the defaults when a source is trained on. Looks at the disk only for a source
   * that is not a name.
   *
   * @param source a name or a path
   * @return values by key
   * @throws InvalidConfig if the source is neither; the known names are listed
   */
  public static Map<String, Object> settings(String source) {
    Optional<DatasetSpec> known = named(source);
    if (known.isPresent()) {
      return known.get().settings();
    }
    requireOwn(source);
    return OWN_SETTINGS;
  }

  /**
   * Loads and splits a data set.
   *
   * @param config what to load and how to split it
   * @return the split; every class in every part that is drawn, and in all that is trained on;
   *     where composing loses one, a note says so
   * @throws InvalidConfig if the source is unknown, {@code limitTrain} below the classes, or images
   *     of several labels are to be composed
   * @throws WorkFailed if files are missing, damaged, or too few
   */
  public static Split load(DataConfig config) {
    return load(config, LoadListener.NONE);
  }

  /**
   * Loads and splits a data set.
   *
   * @param config what to load and how to split it
   * @param listener hears of downloads and of images checked
   * @return the split; every class in every part that is drawn, and in all that is trained on;
   *     where composing loses one, a note says so
   * @throws InvalidConfig if the source is unknown, {@code limitTrain} below the classes, or images
   *     of several labels are to be composed
   * @throws WorkFailed if files are missing, damaged, or too few
   */
  public static Split load(DataConfig config, LoadListener listener) {
    Split parts = composed(config, listener);
    requireLabels(parts.validation(), "validation", config);
    requireLabels(parts.test(), "test", config);
    return new Split(
        Splitter.limit(parts.train(), config.limitTrain(), config.splitSeed()),
        parts.validation(),
        parts.test(),
        parts.notes());
  }

  // Each part by itself, so that no image is in the pictures of two.
  private static Split composed(DataConfig config, LoadListener listener) {
    int most = config.compose();
    if (most == 0) {
      return whole(config, listener);
    }
    requireOneLabel(config);
    Split whole = whole(config, listener);
    long seed = config.splitSeed();
    Split composed =
        new Split(
            Composition.of(whole.train(), most, seed, 0),
            Composition.of(whole.validation(), most, seed, 1),
            Composition.of(whole.test(), most, seed, 2),
            whole.notes());
    List<String> notes = new ArrayList<>(whole.notes());
    noteLost(composed.train(), "training", notes);
    noteLost(composed.validation(), "validation", notes);
    noteLost(composed.test(), "test", notes);
    return new Split(composed.train(), composed.validation(), composed.test(), notes);
  }

  private static void requireOneLabel(DataConfig config) {
    if (formTask(config.source()) == Task.MANY_LABELS) {
      throw new InvalidConfig(
          "data.compose is "
              + config.compose()
              + ", but the images of "
              + config.source()
              + " have several labels already: only images of one class each can be composed.");
    }
  }

  // An image that no picture has room for may have been the only one of its class.
  private static void noteLost(ImageSet part, String name, List<String> notes) {
    int[] counts = part.classCounts();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] == 0) {
        notes.add("No composed " + name + " picture carries '" + part.classNames().get(k) + "'.");
      }
    }
  }

  // Without a label nothing can be judged, nor an epoch be chosen.
  private static void requireLabels(ImageSet part, String name, DataConfig config) {
    if (part.task() == Task.MANY_LABELS && Arrays.stream(part.classCounts()).sum() == 0) {
      throw new WorkFailed(
          "No "
              + name
              + " image of "
              + config.source()
              + " carries a label: label some, or leave that part out to have it drawn.");
    }
  }

  /**
   * How many labels an image of a source has, told by the source's form alone: no file is read.
   *
   * @param config the source, and whether its images are composed
   * @return one, or several
   * @throws InvalidConfig if the source is unknown, or its images have several labels already and
   *     are to be composed
   */
  public static Task task(DataConfig config) {
    if (config.compose() == 0) {
      return formTask(config.source());
    }
    requireOneLabel(config);
    return Task.MANY_LABELS;
  }

  private static Task formTask(String source) {
    return isNamed(source) ? Task.ONE_LABEL : form(own(source), source).task();
  }

  private static Split whole(DataConfig config, LoadListener listener) {
    Optional<DatasetSpec> known = named(config.source());
    if (known.isEmpty()) {
      return ownImages(own(config.source()), config, listener);
    }
    int size = known.get().shape().height();
    if (config.imageSize() != size) {
      throw new InvalidConfig(
          "data.imageSize is "
              + config.imageSize()
              + ", but "
              + known.get().name()
              + " has images of "
              + size
              + " pixels: the size can be set for your own images only.");
    }
    return known.get().name().equals(Digits.SPEC.name())
        ? Digits.load(config)
        : FashionMnist.from(System.getenv()).load(config, listener);
  }

  /** The files of a user's own images. */
  static FileParts files(Path path) {
    return switch (form(path, path.toString())) {
      case CLASS_FOLDERS -> FolderDataset.list(path);
      case CSV -> CsvLabels.list(path);
      case VOC -> VocFolder.list(path);
      case COCO_FILE, COCO_FOLDER -> CocoDataset.list(path);
    };
  }

  private static Split ownImages(Path path, DataConfig config, LoadListener listener) {
    return switch (form(path, config.source())) {
      case CLASS_FOLDERS -> FolderDataset.load(path, config, listener);
      case CSV -> CsvLabels.load(path, config, listener);
      case VOC -> VocFolder.load(path, config, listener);
      case COCO_FILE, COCO_FOLDER -> CocoDataset.load(path, config, listener);
    };
  }

  /**
   * The name that a source goes by.
   *
   * @param source a name or a path
   * @return the catalogue's name, or the last part of the path, without a file's extension
   */
  public static String nameOf(String source) {
    return named(source).map(DatasetSpec::name).orElseGet(() -> nameOf(Path.of(source)));
  }

  // Runs outlive their data: the path's text must do.
  private static String nameOf(Path path) {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return name.replaceFirst("\\.(csv|json)$", "");
  }

  /**
   * Whether a source is in the catalogue.
   *
   * @param source a name or a path
   * @return false for a path
   */
  public static boolean isNamed(String source) {
    return named(source).isPresent();
  }

  /**
   * Spells a source so that it means the same from any working directory.
   *
   * @param source a name or a path
   * @return names unchanged, paths as absolute ones
   * @throws InvalidConfig if the source is neither; the known names are listed
   */
  public static String canonical(String source) {
    if (!isNamed(source)) {
      return absolute(own(source));
    }
    int colon = source.indexOf(':');
    return colon < 0
        ? source
        : source.substring(0, colon + 1) + absolute(Path.of(source.substring(colon + 1)));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private static Optional<DatasetSpec> named(String source) {
    String name = source.startsWith(FashionMnist.NAME + ":") ? FashionMnist.NAME : source;
    return ALL.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  private static void requireOwn(String source) {
    var unused = own(source);
  }

  // A path with images of the user's own.
  private static Path own(String source) {
    try {
      Path path = Path.of(source);
      form(path, source);
      return path;
    } catch (InvalidPathException e) {
      throw new InvalidConfig(unknown(source), e);
    }
  }

  private static SourceForm form(Path path, String source) {
    return SourceForm.of(path).orElseThrow(() -> new InvalidConfig(unknown(source)));
  }

  private static String unknown(String source) {
    return "There is no data set and no folder '"
        + source
        + "'. Known data sets: "
        + ALL.stream().map(DatasetSpec::name).collect(Collectors.joining(", "))
        + "; or give the path of a folder with one sub-folder of images a class, or, for several"
        + " labels an image, of a CSV file with lines path,label;label, a folder of PASCAL VOC, or a"
        + " JSON file of COCO instances.";
  }
}
