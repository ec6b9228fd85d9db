package dev.discern.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;

/** Finds out how to open a path. */
final class Models {
  private Models() {}

  static Classifier open(Path path, Options options) {
    if (!Files.exists(path)) {
      throw new UnusableModel("There is no model at " + path + ": check the path.");
    }
    if (isOnnx(path)) {
      return OnnxClassifier.open(path, options);
    }
    return ServiceLoader.load(ClassifierProvider.class, ClassifierProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableModel(
                    path
                        + " is not an exported model: export the run to an ONNX file, or add"
                        + " discern-core to the class path to open runs."))
        .open(path, options);
  }

  private static boolean isOnnx(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path) || name.endsWith(".safetensors")) {
      return false;
    }
    if (name.endsWith(".onnx")) {
      return true;
    }
    // Checkpoints have no ending; like all tensor files, they start with the length of a JSON
    // header.
    try (var in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(9);
      return start.length < 9 || start[8] != '{';
    } catch (IOException e) {
      return true;
    }
  }
}
