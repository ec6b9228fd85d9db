package dev.discern.data;

import dev.discern.config.ConfigTree;
import dev.discern.config.DataConfig;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.view.View;
import dev.discern.view.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets known by name, and the one way to load them or a user's own images.
 *
 * <p>A source is {@code digits}, {@code fashion-mnist}, {@code fashion-mnist:DIR}, or the path of a
 * folder or a list in one of the {@link SourceForms} (docs/data.md). {@code one-label:PATH} and
 * {@code several-labels:PATH} say how many labels each image of a list has; otherwise images have
 * one class each if all of them have exactly one label.
 *
 * <p>Names take precedence over folders of the same name; write {@code ./digits} for the folder.
 */
public final class Datasets {
  private static final List<DatasetSpec> ALL = List.of(Digits.SPEC, FashionMnist.SPEC);

  // Few images give few steps per epoch: small batches give more (docs/results.md).
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
   * The settings that differ from the defaults for training on a source. Looks at the disk only for
   * a source that is not a name.
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
   * @return the split; every class is in every part that is drawn and among the training images; if
   *     composing loses one, a note says so
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
   * @param listener receives the progress of downloads
   * @return the split; every class is in every part that is drawn and among the training images; if
   *     composing loses one, a note says so
   * @throws InvalidConfig if the source is unknown, {@code limitTrain} below the classes, or images
   *     of several labels are to be composed
   * @throws WorkFailed if files are missing, damaged, or too few
   */
  public static Split load(DataConfig config, LoadListener listener) {
    int most = config.compose();
    if (most > 0) {
      requireOneLabel(config);
    }
    Split whole = whole(config, listener);
    Split parts =
        most == 0
            ? whole
            : ComposedSplit.of(
                whole, evaluationView(config, whole.shape()), most, config.splitSeed());
    return new Split(
        Splitter.limit(parts.train(), config.limitTrain(), config.splitSeed()),
        parts.validation(),
        parts.test(),
        parts.shape(),
        parts.notes());
  }

  /**
   * The view of images during training.
   *
   * @param config the scaling and the random changes
   * @param shape what the network takes
   * @return the view
   * @throws InvalidConfig if a random change is unknown, or does not fit the shape
   */
  public static View trainingView(DataConfig config, ImageShape shape) {
    return Views.training(
        shape,
        interpolation(config),
        cropRatio(config),
        config.augment().stream().map(Spec::parse).toList());
  }

  /**
   * The view of images while a network is measured.
   *
   * @param config scaling
   * @param shape what the network takes
   * @return the view, without random changes
   */
  public static View evaluationView(DataConfig config, ImageShape shape) {
    return Views.evaluation(shape, interpolation(config), cropRatio(config));
  }

  /**
   * The share of the scaled image that is kept along each side.
   *
   * @param config the source and its scaling
   * @return in (0, 1]; 1 for data sets of a fixed size, whose images are used whole
   */
  public static double cropRatio(DataConfig config) {
    return isNamed(config.source()) ? 1 : config.cropRatio();
  }

  /**
   * The filter for scaling.
   *
   * @param config names the filter
   * @return the filter
   */
  public static Interpolation interpolation(DataConfig config) {
    return Interpolation.valueOf(config.interpolation().toUpperCase(Locale.ROOT));
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

  /**
   * How many labels each image of a source has. For lists, reads the labels but not the images.
   *
   * @param config the source, and whether its images are composed
   * @return one, or several
   * @throws InvalidConfig if the source is unknown, or its images have several labels already and
   *     are to be composed
   * @throws WorkFailed if a list is invalid
   */
  public static Task task(DataConfig config) {
    if (config.compose() == 0) {
      return formTask(config.source());
    }
    requireOneLabel(config);
    return Task.MANY_LABELS;
  }

  private static Task formTask(String source) {
    return isNamed(source) ? Task.ONE_LABEL : own(source).task();
  }

  /** The files of a user's own images. */
  static FileParts files(String source) {
    return own(source).list();
  }

  /** All images of a source, in the parts that it gives. */
  static GivenParts given(String source, LoadListener listener) {
    if (!isNamed(source)) {
      return GivenParts.of(files(source));
    }
    DataConfig config =
        ConfigTree.defaults()
            .with("data.source", source)
            .with(settings(source))
            .toConfig("The data set")
            .data();
    return GivenParts.of(whole(config, listener));
  }

  private static Split whole(DataConfig config, LoadListener listener) {
    Optional<DatasetSpec> known = named(config.source());
    if (known.isEmpty()) {
      return own(config.source()).list().open(config);
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
    Split split =
        known.get().name().equals(Digits.SPEC.name())
            ? Digits.load(config)
            : FashionMnist.from(System.getenv()).load(config, listener);
    return shadowNote(config.source())
        .map(
            note ->
                new Split(
                    split.train(), split.validation(), split.test(), split.shape(), List.of(note)))
        .orElse(split);
  }

  // Names take precedence over folders, and the user should notice.
  private static Optional<String> shadowNote(String source) {
    return Files.isDirectory(Path.of(source))
        ? Optional.of(
            "The folder ./"
                + source
                + " was not used, since "
                + source
                + " is the name of a known data set: write ./"
                + source
                + " for the folder.")
        : Optional.empty();
  }

  /**
   * The display name of a source.
   *
   * @param source a name or a path
   * @return the catalogue's name, or the last part of the path, without a file's extension
   */
  public static String nameOf(String source) {
    return named(source)
        .map(DatasetSpec::name)
        .orElseGet(() -> nameOf(Path.of(Asked.of(source).path())));
  }

  // A run may outlive its data, so only the path's text is used.
  private static String nameOf(Path path) {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return name.replaceFirst("(?i)\\.(csv|tsv|tab|psv|txt|json)$", "");
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
   * @return names unchanged, paths made absolute
   * @throws InvalidConfig if the source is neither; the known names are listed
   */
  public static String canonical(String source) {
    if (!isNamed(source)) {
      own(source);
      Asked asked = Asked.of(source);
      return asked.prefix() + absolute(Path.of(asked.path()));
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

  // Images of the user's own.
  static FileSource own(String source) {
    return OwnImages.of(source, ALL);
  }
}
