package dev.discern.train;

import dev.discern.config.AtomicFiles;
import dev.discern.config.CacheFolder;
import dev.discern.torch.Natives;
import dev.discern.torch.Precision;
import dev.discern.torch.Processor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The precisions that were found to be the fastest, in this process and in a file of the user's
 * cache. A file that cannot be read or written only costs another trial.
 */
final class PrecisionMemory {
  private static final Map<String, Precision> HERE = new ConcurrentHashMap<>();

  private final Path folder;
  private final Path file;
  private final String machine;
  private final Map<String, Precision> here;

  /**
   * Remembers in a file.
   *
   * @param folder the file's folder; need not exist yet
   * @param machine what a result depends on besides the network: processor, engine
   * @param here the results of this process
   */
  PrecisionMemory(Path folder, String machine, Map<String, Precision> here) {
    this.folder = folder;
    file = folder.resolve("precision.json");
    this.machine = machine;
    this.here = here;
  }

  static PrecisionMemory ofThisMachine() {
    return new PrecisionMemory(
        CacheFolder.of(System.getenv()),
        Processor.detect().model() + " " + Natives.versions(),
        HERE);
  }

  /**
   * A remembered result, or else a new one.
   *
   * @param key the network and its use
   * @param trial finds the faster precision
   */
  Precision get(String key, Supplier<Precision> trial) {
    return here.computeIfAbsent(
        key + " " + machine, name -> known(read(), name).orElseGet(() -> kept(name, trial.get())));
  }

  private static Optional<Precision> known(Map<String, String> kept, String name) {
    return Arrays.stream(Precision.values())
        .filter(each -> each.name().equals(kept.get(name)))
        .findFirst();
  }

  // Of two processes that try at once, the first to end decides for both.
  private Precision kept(String name, Precision found) {
    try {
      return CacheFolder.alone(
          folder,
          () -> {
            Map<String, String> kept = read();
            Optional<Precision> first = known(kept, name);
            if (first.isEmpty()) {
              kept.put(name, found.name());
              write(kept);
            }
            return first.orElse(found);
          });
    } catch (IOException e) {
      return found; // the next process tries again
    }
  }

  private Map<String, String> read() {
    Map<String, String> kept = new TreeMap<>();
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
      node.properties().forEach(e -> kept.put(e.getKey(), e.getValue().asString("")));
    } catch (IOException | JacksonException e) {
      kept.clear();
    }
    return kept;
  }

  private void write(Map<String, String> kept) throws IOException {
    byte[] text =
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(kept)
            .getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, channel -> AtomicFiles.writeFully(channel, ByteBuffer.wrap(text)));
  }
}
