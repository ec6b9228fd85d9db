package discern.data;

import discern.config.DataConfig;
import discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of images: one sub-folder a class, or {@code train} and {@code test} (and perhaps {@code
 * val}, {@code valid} or {@code validation}) with one sub-folder a class each.
 */
final class ImageFolder {
  private ImageFolder() {}

  static Split load(Path root, DataConfig config) {
    ImageShape shape = new ImageShape(3, config.imageSize(), config.imageSize());
    Path train = root.resolve("train");
    Path test = root.resolve("test");
    if (!Files.isDirectory(train) || !Files.isDirectory(test)) {
      return Stratified.three(read(root, shape, Optional.empty()), config);
    }
    ImageSet training = read(train, shape, Optional.empty());
    Optional<List<String>> classes = Optional.of(training.classNames());
    ImageSet testing = read(test, shape, classes);
    for (String name : new String[] {"val", "valid", "validation"}) {
      if (Files.isDirectory(root.resolve(name))) {
        return new Split(
            Stratified.limited(training, config),
            read(root.resolve(name), shape, classes),
            testing);
      }
    }
    return Stratified.two(training, testing, config);
  }

  private static ImageSet read(Path root, ImageShape shape, Optional<List<String>> expected) {
    List<Path> folders = ImageFiles.subFolders(root);
    List<String> classNames = folders.stream().map(f -> f.getFileName().toString()).toList();
    requireClasses(root, classNames, expected);
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int c = 0; c < folders.size(); c++) {
      List<Path> images = ImageFiles.inFolder(folders.get(c));
      if (images.isEmpty()) {
        throw new WorkFailed(
            "Class '"
                + classNames.get(c)
                + "' has no images: "
                + folders.get(c)
                + " holds no .png, .jpg or .jpeg file. Add some, or remove the folder.");
      }
      for (Path image : images) {
        files.add(image);
        labels.add(c);
      }
    }
    FolderImages images =
        new FolderImages(
            root, shape, classNames, files, labels.stream().mapToInt(Integer::intValue).toArray());
    images.check();
    return images;
  }

  private static void requireClasses(
      Path root, List<String> found, Optional<List<String>> expected) {
    if (found.isEmpty()) {
      throw new WorkFailed(
          root
              + " has no sub-folders: put the images of each class into a folder of its own, named"
              + " after the class.");
    }
    if (found.size() == 1) {
      throw new WorkFailed(
          root
              + " has one class only ('"
              + found.get(0)
              + "'): telling apart needs a second sub-folder.");
    }
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw new WorkFailed(
          root
              + " has the classes "
              + found
              + ", but the training images have "
              + expected.get()
              + ": both need the same sub-folders.");
    }
  }
}
