package discern.data;

import discern.config.DataConfig;
import discern.config.InvalidConfig;
import discern.config.Task;
import discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The data sets known by name, and the one way to load them or a folder of images.
 *
 * <p>A source is {@code digits}, {@code fashion-mnist}, {@code fashion-mnist:DIR}, or the path of
 * an image folder. Names win over folders of the same name; write {@code ./digits} for the folder.
 */
public final class Datasets {
  private static final List<DatasetSpec> ALL = List.of(Digits.SPEC, FashionMnist.SPEC);

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
   * The way a source is split and augmented unless the user says otherwise. Looks at the disk only
   * for a source that is no name.
   *
   * @param source a name or a folder
   * @return its configuration
   * @throws InvalidConfig if the source is neither; the known names are listed
   */
  public static DataConfig defaults(String source) {
    Optional<DatasetSpec> known = named(source);
    if (known.isEmpty()) {
      return FolderDataset.defaults(folder(source).toString());
    }
    DataConfig d = known.get().defaults();
    return new DataConfig(
        source,
        d.imageSize(),
        d.validation(),
        d.test(),
        d.splitSeed(),
        d.limitTrain(),
        d.compose(),
        d.cropPadding(),
        d.flip(),
        d.workers());
  }

  /**
   * Loads and splits a data set.
   *
   * @param config what to load and how to split it
   * @return the split, every class in every part
   * @throws InvalidConfig if the source is unknown, or {@code limitTrain} below the classes
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
   * @return the split, every class in every part
   * @throws InvalidConfig if the source is unknown, or {@code limitTrain} below the classes
   * @throws WorkFailed if files are missing, damaged, or too few
   */
  public static Split load(DataConfig config, LoadListener listener) {
    Split parts = composed(config, listener);
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
    Split whole = whole(config, listener);
    if (whole.task() == Task.MANY_LABELS) {
      throw new InvalidConfig(
          "data.compose is "
              + most
              + ", but the images of "
              + config.source()
              + " have several labels already: only images of one class each can be composed.");
    }
    long seed = config.splitSeed();
    return new Split(
        Composition.of(whole.train(), most, seed, 0),
        Composition.of(whole.validation(), most, seed, 1),
        Composition.of(whole.test(), most, seed, 2),
        whole.notes());
  }

  /**
   * How many labels an image of a source has, told by the source's form alone.
   *
   * @param config the source, and whether its images are composed
   * @return one, or several
   */
  public static Task task(DataConfig config) {
    return config.compose() > 0 ? Task.MANY_LABELS : Task.ONE_LABEL;
  }

  private static Split whole(DataConfig config, LoadListener listener) {
    Optional<DatasetSpec> known = named(config.source());
    if (known.isEmpty()) {
      return FolderDataset.load(folder(config.source()), config, listener);
    }
    int size = known.get().defaults().imageSize();
    if (config.imageSize() != size) {
      throw new InvalidConfig(
          "data.imageSize is "
              + config.imageSize()
              + ", but "
              + known.get().name()
              + " has images of "
              + size
              + " pixels: the size can be set for folders only.");
    }
    return known.get().name().equals(Digits.SPEC.name())
        ? Digits.load(config)
        : FashionMnist.from(System.getenv()).load(config, listener);
  }

  /**
   * The name that a source goes by.
   *
   * @param source a name or a folder
   * @return the catalogue's name, or the last part of the folder's path
   */
  public static String nameOf(String source) {
    return named(source)
        .map(DatasetSpec::name)
        .orElseGet(() -> String.valueOf(folder(source).toAbsolutePath().normalize().getFileName()));
  }

  /**
   * Whether a source is in the catalogue.
   *
   * @param source a name or a folder
   * @return false for a folder
   */
  public static boolean isNamed(String source) {
    return named(source).isPresent();
  }

  /**
   * Spells a source so that it means the same from any working directory.
   *
   * @param source a name or a folder
   * @return names unchanged, folders as absolute paths
   * @throws InvalidConfig if the source is neither; the known names are listed
   */
  public static String canonical(String source) {
    if (!isNamed(source)) {
      return absolute(folder(source));
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

  private static Path folder(String source) {
    try {
      Path path = Path.of(source);
      if (Files.isDirectory(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new InvalidConfig(unknown(source), e);
    }
    throw new InvalidConfig(unknown(source));
  }

  private static String unknown(String source) {
    return "There is no data set and no folder '"
        + source
        + "'. Known data sets: "
        + ALL.stream().map(DatasetSpec::name).collect(Collectors.joining(", "))
        + "; or give the path of a folder with one sub-folder of images a class.";
  }
}
