package discern.data;

import java.nio.file.Path;

/** Where downloads are kept. */
final class Caches {
  private Caches() {}

  /** {@code DISCERN_DATA}, else the user's cache folder. */
  static Path folder() {
    String own = System.getenv("DISCERN_DATA");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("discern");
  }
}
