package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user's own images: a folder with one sub-folder a class, or one with {@code train} and {@code
 * test} or {@code validation} ({@code val}, {@code valid}) folders that hold the class folders.
 * Parts that are not given are drawn from the training images.
 */
final class FolderDataset {
  private static final List<String> VALIDATION = List.of("validation", "valid", "val");

  private final Path root;

  private FolderDataset(Path root) {
    this.root = root;
  }

  /**
   * Loads a folder, and decodes its images once to find bad ones.
   *
   * @param root the folder
   * @param config size and shares
   * @param listener hears images checked
   * @return the split
   * @throws WorkFailed if the folder's form or an image is bad
   */
  static Split load(Path root, DataConfig config, LoadListener listener) {
    return list(root).open(config, listener);
  }

  /** The files of a folder's parts. */
  static FileParts list(Path root) {
    return new FolderDataset(root).parts();
  }

  private FileParts parts() {
    Path trainFolder = root.resolve("train");
    Optional<Path> testFolder = Optional.of(root.resolve("test")).filter(Files::isDirectory);
    Optional<Path> validationFolder =
        VALIDATION.stream().map(root::resolve).filter(Files::isDirectory).findFirst();
    if (!isGivenSplit(trainFolder, testFolder.isPresent() || validationFolder.isPresent())) {
      return new FileParts(FolderFiles.list(root, root), Optional.empty(), Optional.empty());
    }
    requireOnlyParts();
    LabelledFiles train = FolderFiles.list(root, trainFolder);
    return new FileParts(
        train,
        validationFolder.map(f -> sameClasses(train, f)),
        testFolder.map(f -> sameClasses(train, f)));
  }

  // Classes may be called "train" and "test"; such folders hold images, not folders.
  private static boolean isGivenSplit(Path train, boolean hasSecondPart) {
    return hasSecondPart && Files.isDirectory(train) && !FolderFiles.subFolders(train).isEmpty();
  }

  private void requireOnlyParts() {
    List<String> extra = new ArrayList<>();
    int validations = 0;
    for (Path folder : FolderFiles.subFolders(root)) {
      String name = String.valueOf(folder.getFileName());
      if (VALIDATION.contains(name)) {
        validations++;
      } else if (!name.equals("train") && !name.equals("test")) {
        extra.add(name);
      }
    }
    if (!extra.isEmpty() || validations > 1) {
      throw new WorkFailed(
          "The folder "
              + root
              + " has train and other parts"
              + (extra.isEmpty()
                  ? ", but more than one validation folder: keep one."
                  : ", but also "
                      + String.join(", ", extra)
                      + ": keep either parts or classes at its top."));
    }
  }

  private LabelledFiles sameClasses(LabelledFiles train, Path folder) {
    LabelledFiles part = FolderFiles.list(root, folder);
    if (!part.classNames().equals(train.classNames())) {
      List<String> missing = new ArrayList<>(train.classNames());
      missing.removeAll(part.classNames());
      List<String> unknown = new ArrayList<>(part.classNames());
      unknown.removeAll(train.classNames());
      throw new WorkFailed(
          "The folder "
              + folder
              + " has other classes than train: "
              + (missing.isEmpty() ? "" : "it lacks " + String.join(", ", missing))
              + (missing.isEmpty() || unknown.isEmpty() ? "" : "; ")
              + (unknown.isEmpty() ? "" : "only it has " + String.join(", ", unknown))
              + ". Give both the same class folders.");
    }
    return part;
  }
}
