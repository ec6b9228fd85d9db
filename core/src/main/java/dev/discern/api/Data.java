package dev.discern.api;

import dev.discern.config.InvalidConfig;
import dev.discern.data.DatasetSpec;
import dev.discern.data.Datasets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Images to train on.
 *
 * @param source as {@code data.source} in a configuration
 */
public record Data(String source) {
  /**
   * A folder of images with one subfolder per class, or in another layout of docs/data.md.
   *
   * @param folder the folder
   * @return its images
   * @throws InvalidConfig if there is no such folder
   */
  public static Data folder(Path folder) {
    return new Data(Datasets.canonical(folder.toAbsolutePath().toString()));
  }

  /**
   * A list of images: a CSV file with a path and a label, or several labels, per line.
   *
   * @param file the list
   * @return its images
   * @throws InvalidConfig if there is no such file
   */
  public static Data list(Path file) {
    return new Data(Datasets.canonical(file.toAbsolutePath().toString()));
  }

  /**
   * A data set that Discern knows by name.
   *
   * @param name such as {@code digits}, which is built in
   * @return its images
   * @throws InvalidConfig if the name is unknown; the message lists the known ones
   */
  public static Data named(String name) {
    if (!Datasets.isNamed(name)) {
      throw new InvalidConfig(
          "There is no data set named '"
              + name
              + "': choose one of "
              + Datasets.all().stream().map(DatasetSpec::name).collect(Collectors.joining(", "))
              + ", or name a folder or a list.");
    }
    return new Data(name);
  }
}
