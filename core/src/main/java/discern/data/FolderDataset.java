package discern.data;

import discern.config.DataConfig;
import discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A user's own images: a folder with one sub-folder a class, or one with {@code train} and {@code
 * test} or {@code validation} ({@code val}, {@code valid}) folders that hold the class folders.
 * Parts that are not given are drawn from the training images.
 */
final class FolderDataset {
  private static final List<String> VALIDATION = List.of("validation", "valid", "val");
  private static final int CHANNELS = 3;

  private final Path root;
  private final DataConfig config;
  private final LoadListener listener;
  private final List<String> notes = new ArrayList<>();
  // A quarter of the heap: the rest belongs to batches and to whoever embeds the library.
  private final AtomicLong room = new AtomicLong(Runtime.getRuntime().maxMemory() / 4);

  private FolderDataset(Path root, DataConfig config, LoadListener listener) {
    this.root = root;
    this.config = config;
    this.listener = listener;
  }

  /** How a folder is used unless the user says otherwise. */
  static DataConfig defaults(String source) {
    int side = 64;
    return new DataConfig(source, side, 0.1, 0.2, 0, 0, 0, side / 8, true, 2);
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
    FolderDataset folder = new FolderDataset(root, config, listener);
    ImageSet[] parts = folder.parts();
    return new Split(parts[0], parts[1], parts[2], folder.notes);
  }

  // Training, validation, test.
  private ImageSet[] parts() {
    Path trainFolder = root.resolve("train");
    Optional<Path> testFolder = Optional.of(root.resolve("test")).filter(Files::isDirectory);
    Optional<Path> validationFolder =
        VALIDATION.stream().map(root::resolve).filter(Files::isDirectory).findFirst();
    if (!isGivenSplit(trainFolder, testFolder.isPresent() || validationFolder.isPresent())) {
      List<ImageSet> drawn =
          Splitter.holdOut(open(root), config.splitSeed(), config.validation(), config.test());
      return new ImageSet[] {drawn.get(2), drawn.get(0), drawn.get(1)};
    }
    requireOnlyParts();
    ImageSet train = open(trainFolder);
    Optional<ImageSet> validation = validationFolder.map(f -> sameClasses(open(f), train, f));
    Optional<ImageSet> test = testFolder.map(f -> sameClasses(open(f), train, f));
    return drawMissing(train, validation, test);
  }

  private ImageSet[] drawMissing(
      ImageSet train, Optional<ImageSet> validation, Optional<ImageSet> test) {
    if (validation.isPresent() && test.isPresent()) {
      return new ImageSet[] {train, validation.get(), test.get()};
    }
    double share = validation.isPresent() ? config.test() : config.validation();
    List<ImageSet> drawn = Splitter.holdOut(train, config.splitSeed(), share);
    return new ImageSet[] {
      drawn.get(1), validation.orElse(drawn.get(0)), test.orElse(drawn.get(0))
    };
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

  private ImageSet open(Path folder) {
    FolderFiles files = FolderFiles.list(root, folder);
    notes.addAll(files.notes());
    ImageShape shape = new ImageShape(CHANNELS, config.imageSize(), config.imageSize());
    ImageFolder images = new ImageFolder(files, shape, room);
    images.check(config.workers(), listener);
    return images;
  }

  private static ImageSet sameClasses(ImageSet part, ImageSet train, Path folder) {
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
