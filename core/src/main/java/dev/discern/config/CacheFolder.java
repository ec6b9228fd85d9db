package dev.discern.config;

import java.nio.file.Path;
import java.util.Map;

/** The user's folder for what Discern can make again: unpacked files, measurements. */
@Internal
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * The folder: {@code $DISCERN_CACHE}, else {@code $XDG_CACHE_HOME/discern}, else {@code
   * ~/.cache/discern}.
   *
   * @param environment the process's variables
   * @return the folder, absolute; it may not exist yet
   */
  public static Path of(Map<String, String> environment) {
    String own = environment.getOrDefault("DISCERN_CACHE", "");
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        !own.isBlank()
            ? Path.of(own)
            : shared.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "discern")
                : Path.of(shared, "discern");
    return folder.toAbsolutePath();
  }
}
