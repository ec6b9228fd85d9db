package dev.discern.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** The user's folder for what Discern can make again: unpacked files, downloads, measurements. */
@Internal
public final class CacheFolder {
  private static final String SHARED = "XDG_CACHE_HOME";

  private CacheFolder() {}

  /**
   * The folder: {@code $DISCERN_CACHE}, else {@code $XDG_CACHE_HOME/discern}, else {@code
   * ~/.cache/discern}.
   *
   * @param environment the process's variables
   * @return the folder, absolute; it may not exist yet
   * @throws InvalidConfig if a variable does not hold a path
   */
  public static Path of(Map<String, String> environment) {
    return of("DISCERN_CACHE", environment);
  }

  /**
   * The same folder, unless another variable names one for a purpose.
   *
   * @param variable its name
   * @param environment the process's variables
   * @return the folder, absolute; it may not exist yet
   * @throws InvalidConfig if a variable does not hold a path
   */
  public static Path of(String variable, Map<String, String> environment) {
    return named(variable, environment)
        .or(() -> named(SHARED, environment).map(shared -> shared.resolve("discern")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "discern"))
        .toAbsolutePath();
  }

  private static Optional<Path> named(String variable, Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "");
    try {
      return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      throw new InvalidConfig(
          variable + " is '" + value + "', which is not a path: name a folder, or unset it.", e);
    }
  }

  /**
   * Changes files while no other thread or process changes any in the same folder. Readers do not
   * wait: files are replaced whole.
   *
   * @param folder the folder; created if it is missing
   * @param change what to do; must be safe to repeat
   * @param <T> its result
   * @return its result
   * @throws IOException if the folder cannot be written, or the change fails
   */
  public static <T> T alone(Path folder, Uninterrupted.Access<T> change) throws IOException {
    // The system's lock is for other processes; the threads of one share it.
    synchronized (CacheFolder.class) {
      return Uninterrupted.call(
          () -> {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock unused = channel.lock()) {
              return change.run();
            }
          });
    }
  }
}
