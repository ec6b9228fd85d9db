package dev.discern.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The files of the page, and the description of the interface, by path. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, Reply> byPath = new LinkedHashMap<>();

  Assets() {
    add("/", "text/html; charset=utf-8", "page.html");
    add("/page.css", "text/css; charset=utf-8", "page.css");
    add("/page.js", SCRIPT, "page.js");
    add("/camera.js", SCRIPT, "camera.js");
    add("/result.js", SCRIPT, "result.js");
    add("/openapi.json", Reply.JSON, "openapi.json");
  }

  private void add(String path, String type, String resource) {
    byPath.put(path, new Reply(200, type, Map.of(), read(resource)));
  }

  Set<String> paths() {
    return byPath.keySet();
  }

  CompletionStage<Reply> at(String path) {
    return CompletableFuture.completedFuture(Objects.requireNonNull(byPath.get(path)));
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
