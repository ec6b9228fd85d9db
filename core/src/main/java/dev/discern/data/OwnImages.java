package dev.discern.data;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Nearest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds a user's own images by their path, or says what the path is instead. */
final class OwnImages {
  private OwnImages() {}

  /**
   * Opens a source that is not a name.
   *
   * @param source a path, perhaps with a prefix
   * @param named the data sets known by name, for the refusal
   * @return the images
   * @throws InvalidConfig if it is neither
   */
  static FileSource of(String source, List<DatasetSpec> named) {
    try {
      Asked asked = Asked.of(source);
      Path path = Path.of(asked.path());
      return Place.of(path, asked.task())
          .flatMap(SourceForms::read)
          .orElseThrow(() -> new InvalidConfig(unread(path, source, named)));
    } catch (InvalidPathException e) {
      throw new InvalidConfig(unknown(source, named), e);
    }
  }

  private static String unread(Path path, String source, List<DatasetSpec> named) {
    if (!Files.exists(path)) {
      return unknown(source, named);
    }
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    String found =
        name.matches(".*\\.(zip|tar|tgz|gz|bz2|xz|7z|rar)")
            ? " is an archive: unpack it, and give the folder"
            : ImageFiles.isImageName(name)
                ? " is one image: give the folder of class folders that it is in"
                : name.matches(".*\\.(xlsx?|ods|parquet|jsonl|tfrecord|npz|h5)")
                    ? " is in an unsupported format: save it as CSV"
                    : " is not a file of labels: give a .csv or .json file";
    return path + found + ", or give " + SourceForms.words() + ".";
  }

  private static String unknown(String source, List<DatasetSpec> named) {
    List<String> names = named.stream().map(DatasetSpec::name).toList();
    return "There is no data set and no folder '"
        + source
        + "'."
        + Nearest.question(source, names)
        + " Known data sets: "
        + String.join(", ", names)
        + "; or give the path of "
        + SourceForms.words()
        + ".";
  }
}
