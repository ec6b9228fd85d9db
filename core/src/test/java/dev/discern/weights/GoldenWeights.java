package dev.discern.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of tools/golden/weights.py and what they hold. */
final class GoldenWeights {
  static final Path FOLDER = Path.of("src/test/resources/weights");
  private static final JsonNode EXPECTED =
      JsonMapper.shared().readTree(FOLDER.resolve("expected.json").toFile());

  private GoldenWeights() {}

  static List<String> files() {
    return List.copyOf(EXPECTED.path("files").propertyNames());
  }

  static JsonNode expected(String file) {
    return EXPECTED.path("files").path(file);
  }

  static JsonNode hostile() {
    return EXPECTED.path("hostile");
  }

  static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
