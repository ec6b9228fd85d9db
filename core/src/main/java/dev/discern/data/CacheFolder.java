package dev.discern.data;

import java.nio.file.Path;
import java.util.Map;

/** Where downloads are kept. */
final class CacheFolder {
  private CacheFolder() {}

  /**
   * The folder: {@code $DISCERN_DATA}, else {@code $XDG_CACHE_HOME/discern}, else {@code
   * ~/.cache/discern}.
   *
   * @param environment the process's variables
   * @return the folder, which may not exist yet
   */
  static Path from(Map<String, String> environment) {
    String own = environment.getOrDefault("DISCERN_DATA", "");
    if (!own.isBlank()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    return shared.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "discern")
        : Path.of(shared, "discern");
  }
}
