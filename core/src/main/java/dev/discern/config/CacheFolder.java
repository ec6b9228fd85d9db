package dev.discern.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
