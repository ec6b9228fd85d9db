package dev.discern.card;

import dev.discern.config.AtomicFiles;
import dev.discern.config.CacheFolder;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trained networks that are part of Discern. Each is a file like those that training writes. */
public final class EmbeddedModels {
  private static final List<String> NAMES = List.of("efficientnet-lite0");

  private EmbeddedModels() {}

  /**
   * The names.
   *
   * @return in display order
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Finds a network.
   *
   * @param name its name
   * @return its file, unpacked if necessary; empty if there is no such name
   * @throws WorkFailed if it cannot be unpacked
   */
  public static Optional<Path> find(String name) {
    return NAMES.contains(name) ? Optional.of(unpacked(name, System.getenv())) : Optional.empty();
  }

  // A file of another version, or a damaged one, may have the same size.
  static Path unpacked(String name, Map<String, String> environment) {
    String resource = name + ".safetensors";
    Path folder = CacheFolder.of(environment).resolve("models");
    Path file = folder.resolve(resource);
    try (InputStream in = EmbeddedModels.class.getResourceAsStream(resource)) {
      byte[] content = read(in, resource);
      return holds(file, content) ? file : CacheFolder.alone(folder, () -> write(file, content));
    } catch (IOException e) {
      throw new WorkFailed(
          "The network "
              + name
              + " cannot be unpacked into "
              + folder
              + " ("
              + AtomicFiles.reason(e)
              + "): name a folder that you can write in the environment variable DISCERN_CACHE.",
          e);
    }
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static Path write(Path file, byte[] content) throws IOException {
    // Another process may just have written it.
    if (!holds(file, content)) {
      AtomicFiles.write(file, channel -> AtomicFiles.writeFully(channel, ByteBuffer.wrap(content)));
    }
    return file;
  }

  private static byte[] read(@Nullable InputStream in, String resource) throws IOException {
    if (in == null) {
      throw new IOException(resource + " is missing from Discern's library");
    }
    return in.readAllBytes();
  }
}
