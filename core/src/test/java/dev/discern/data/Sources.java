package dev.discern.data;

import static dev.discern.data.TestImages.write;

import dev.discern.config.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Sources whose files are listed and not decoded, so that any bytes will do for an image. */
final class Sources {
  private Sources() {}

  /** Writes files that hold their own paths. */
  static void files(Path root, String... paths) {
    for (String path : paths) {
      write(root.resolve(path), path.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes a few images into folders. */
  static void images(Path root, String... folders) {
    for (String folder : folders) {
      for (int i = 0; i < 3; i++) {
        files(root, folder + "/a" + i + ".jpg");
      }
    }
  }

  static void text(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static FileParts list(Path path) {
    return list(path.toString());
  }

  static FileParts list(String source) {
    return Datasets.own(source).list();
  }

  static Task task(String source) {
    return Datasets.own(source).task();
  }

  /** Label names by path. */
  static Map<String, List<String>> labels(LabelledFiles files) {
    Map<String, List<String>> labels = new TreeMap<>();
    for (int i = 0; i < files.size(); i++) {
      labels.put(
          files.describe(i),
          IntStream.of(files.labels(i)).mapToObj(files.classNames()::get).toList());
    }
    return labels;
  }
}
