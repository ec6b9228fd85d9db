package dev.discern.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Small exported files, and what Python answers; tools/golden/runtime.py made them. */
final class Exported {
  private Exported() {}

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Exported.class.getResource("/golden/runtime/" + name + ".onnx"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode golden() {
    try (InputStream in =
        Objects.requireNonNull(Exported.class.getResourceAsStream("/golden/runtime/golden.json"))) {
      return new ObjectMapper().readTree(in).get("cases");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The image of the golden predictions. */
  static Pixels pixels(int height, int width) {
    byte[] rgb = new byte[3 * height * width];
    for (int y = 0, k = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++, k++) {
          rgb[k] = (byte) (37 * y + 11 * x + 89 * c + (x * y) % 23);
        }
      }
    }
    return new Pixels(height, width, rgb);
  }
}
