package dev.discern.feature;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.data.Sha256;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** The files of a feature cache: rows of features under a key, with a checksum. */
final class Shards {
  private static final String SUFFIX = ".safetensors";
  private static final String FEATURES = "features";
  private static final String CHECKSUM = "sha256";
  private static final long MOST_BYTES = 8L << 30;

  private final Path folder;

  Shards(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a shard.
   *
   * @param count the values that it should have
   * @param notes receives a sentence if the shard is there but damaged
   * @return its values, or empty if it is missing or damaged
   */
  Optional<float[]> read(String key, int count, Set<String> notes) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<float[]> whole = whole(file, count);
    whole.ifPresentOrElse(
        values -> use(file),
        () -> notes.add("Features kept in " + folder + " were damaged: they are computed again."));
    return whole;
  }

  private static Optional<float[]> whole(Path file, int count) {
    try (Scope scope = new Scope()) {
      SafeTensors.Content content = SafeTensors.read(file);
      Tensor features = content.tensors().get(FEATURES);
      if (features == null || features.numel() != count) {
        return Optional.empty();
      }
      float[] values = Tensors.toFloats(features);
      boolean same = checksum(values).equals(content.metadata().get(CHECKSUM));
      return same ? Optional.of(values) : Optional.empty();
    } catch (WorkFailed e) {
      return Optional.empty();
    }
  }

  /** Writes a shard. Features are kept for speed alone, so a full disk costs only a sentence. */
  void write(String key, float[] values, int width, Set<String> notes) {
    try (Scope scope = new Scope()) {
      Files.createDirectories(folder);
      SafeTensors.write(
          file(key),
          Map.of(FEATURES, Tensors.ofFloats(values, values.length / width, width)),
          Map.of(CHECKSUM, checksum(values)));
    } catch (IOException e) {
      notes.add(unkept(AtomicFiles.reason(e)));
    } catch (WorkFailed e) {
      notes.add(unkept(e.getCause() instanceof IOException io ? AtomicFiles.reason(io) : ""));
    }
  }

  private String unkept(String reason) {
    return "Features could not be kept in "
        + folder
        + " for the next run"
        + (reason.isEmpty() ? "." : " (" + reason + ").");
  }

  private Path file(String key) {
    return folder.resolve(key + SUFFIX);
  }

  private static String checksum(float[] values) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  private static void use(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // A read-only cache is as good to read from.
    }
  }

  /** Deletes the shards that were not used for the longest time while there are more than 8 GiB. */
  void trim() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> newest =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .sorted(Comparator.comparingLong((Path file) -> -file.toFile().lastModified()))
              .toList();
      long bytes = 0;
      for (Path file : newest) {
        bytes += file.toFile().length();
        if (bytes > MOST_BYTES) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // Nothing was written, or another process trims it.
    }
  }
}
