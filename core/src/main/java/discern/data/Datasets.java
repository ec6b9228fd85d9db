package discern.data;

import discern.config.DataConfig;
import discern.config.InvalidConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The data sets by name: an explicit list that the command line, tests and docs iterate. */
public final class Datasets {
  private static final String FASHION = "fashion-mnist";
  private static final String FOLDER = "folder";
  private static final int FOLDER_SIZE = 64;

  private static final List<DatasetSpec> ALL =
      List.of(
          new DatasetSpec(
              "digits",
              "1,797 handwritten digits, 8x8, grey; embedded, split by seed",
              "UCI Optical Recognition of Handwritten Digits (Alpaydin, Kaynak 1998)",
              "CC BY 4.0"),
          new DatasetSpec(
              FASHION,
              "70,000 garments in 10 classes, 28x28, grey; from fashion-mnist:DIR, Debian's package"
                  + " dataset-fashion-mnist, or a download",
              "Xiao, Rasul, Vollgraf: arXiv 1708.07747 (2017)",
              "MIT"),
          new DatasetSpec(
              FOLDER,
              "Any folder of PNG and JPEG images with one sub-folder a class; with train/ and test/"
                  + " the split is given",
              "yours",
              "yours"));

  private Datasets() {}

  /**
   * A data set.
   *
   * @param name the catalogue name
   * @param summary one line
   * @param source where it comes from
   * @param licence its licence
   */
  public record DatasetSpec(String name, String summary, String source, String licence) {}

  /**
   * Every data set, in the order to be listed.
   *
   * @return an unmodifiable list
   */
  public static List<DatasetSpec> all() {
    return ALL;
  }

  /**
   * The catalogue name of a source.
   *
   * @param source a name, {@code fashion-mnist:DIR}, or an existing folder
   * @return the catalogue name; {@code folder} for a folder
   * @throws InvalidConfig if it is none of these; the known ones are listed
   */
  public static String nameOf(String source) {
    if (source.equals("digits")) {
      return source;
    }
    if (source.equals(FASHION) || source.startsWith(FASHION + ":")) {
      return FASHION;
    }
    if (Files.isDirectory(Path.of(source))) {
      return FOLDER;
    }
    throw new InvalidConfig(
        "There is no data set and no folder '"
            + source
            + "'. Known data sets: "
            + ALL.stream()
                .map(DatasetSpec::name)
                .filter(name -> !name.equals(FOLDER))
                .collect(Collectors.joining(", "))
            + "; or name a folder with one sub-folder of images a class.");
  }

  /**
   * Spells a source so that it means the same from any working directory.
   *
   * @param source as the user wrote it
   * @return folders as absolute paths, names unchanged
   */
  public static String canonical(String source) {
    String name = nameOf(source);
    if (name.equals(FOLDER)) {
      return absolute(source);
    }
    int colon = source.indexOf(':');
    return colon < 0 ? source : name + ":" + absolute(source.substring(colon + 1));
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  /**
   * How a source is split and augmented when nothing else is said.
   *
   * @param source as {@link #nameOf} takes it
   * @return the defaults
   */
  public static DataConfig defaults(String source) {
    return switch (nameOf(source)) {
      case "digits" -> new DataConfig(source, Digits.SHAPE.height(), 0.15, 0.2, 0, 0, 1, false, 1);
      case FASHION -> new DataConfig(source, 28, 0.1, 0.2, 0, 0, 2, true, 1);
      default -> new DataConfig(source, FOLDER_SIZE, 0.15, 0.15, 0, 0, 8, true, 2);
    };
  }

  /**
   * Reads a data set and splits it.
   *
   * @param config which, and how
   * @return its parts
   * @throws discern.config.WorkFailed if files are missing or damaged, or a class has too few
   *     images
   */
  public static Split load(DataConfig config) {
    String name = nameOf(config.source());
    Split split =
        switch (name) {
          case "digits" -> Stratified.three(Digits.read(), config);
          case FASHION ->
              FashionMnist.load(
                  config
                      .source()
                      .substring(Math.min(config.source().length(), FASHION.length() + 1)),
                  config);
          default -> ImageFolder.load(Path.of(config.source()), config);
        };
    if (!name.equals(FOLDER) && split.shape().height() != config.imageSize()) {
      throw new InvalidConfig(
          "data.imageSize is "
              + config.imageSize()
              + ", but "
              + name
              + " has images of "
              + split.shape().height()
              + " pixels: the size can be set for folders only.");
    }
    return split;
  }
}
