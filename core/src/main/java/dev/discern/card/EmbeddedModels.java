package dev.discern.card;

import dev.discern.config.AtomicFiles;
import dev.discern.config.CacheFolder;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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

  // An unpacked file of another version has another size, or else the same content.
  static Path unpacked(String name, Map<String, String> environment) {
    String resource = name + ".safetensors";
    Path folder = CacheFolder.of(environment).resolve("models");
    Path file = folder.resolve(resource);
    try (InputStream in = EmbeddedModels.class.getResourceAsStream(resource)) {
      byte[] content = read(in, resource);
      if (!Files.isRegularFile(file) || Files.size(file) != content.length) {
        Files.createDirectories(folder);
        AtomicFiles.write(
            file, channel -> AtomicFiles.writeFully(channel, ByteBuffer.wrap(content)));
      }
      return file;
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

  private static byte[] read(@Nullable InputStream in, String resource) throws IOException {
    if (in == null) {
      throw new IOException(resource + " is missing from Discern's library");
    }
    return in.readAllBytes();
  }
}
