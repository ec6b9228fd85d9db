package dev.discern.watch;

import dev.discern.config.WebAssets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page by request path; all of them are resources in the jars. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final List<String> SCRIPTS =
      List.of("page.js", "status.js", "curves.js", "confusion.js", "dom.js", "format.js");

  private final Map<String, Asset> byPath = new LinkedHashMap<>();

  /** A file and its media type. */
  record Asset(String type, byte[] bytes) {}

  Assets() {
    byPath.put("/", new Asset("text/html; charset=utf-8", read("page.html")));
    byPath.put("/page.css", new Asset("text/css; charset=utf-8", read("page.css")));
    byPath.put("/d3.js", new Asset(SCRIPT, read(WebAssets.D3)));
    SCRIPTS.forEach(name -> byPath.put("/" + name, new Asset(SCRIPT, read(name))));
  }

  Optional<Asset> find(String path) {
    return Optional.ofNullable(byPath.get(path));
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
