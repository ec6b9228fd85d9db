package dev.discern.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What changes about a file when it is written or replaced.
 *
 * @param size in bytes
 * @param modified when it was last written
 * @param key the file's identity, where the file system has one
 */
record Stamp(long size, FileTime modified, String key) {
  // The files of a run that hold what is served, as core prefers them.
  private static final List<String> WEIGHTS = List.of("checkpoints/best", "weights.safetensors");

  /** The stamp of a file, or of a run's weights; empty if there is no such file. */
  static Optional<Stamp> of(Path path) {
    if (!Files.isDirectory(path)) {
      return ofFile(path);
    }
    return WEIGHTS.stream().flatMap(name -> ofFile(path.resolve(name)).stream()).findFirst();
  }

  private static Optional<Stamp> ofFile(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(found.size(), found.lastModifiedTime(), Objects.toString(found.fileKey(), "")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
