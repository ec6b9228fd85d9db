package dev.discern.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a snapshot of a run whenever one of its files changes. Callers must poll it, because
 * network file systems do not report changes.
 */
final class RunFollower {
  private static final List<String> FILES =
      List.of("config.yaml", "metrics.jsonl", "progress.json", "confusion.json", "result.json");

  private final Path run;
  private final SnapshotReader reader;
  private final Feed feed;
  private @Nullable List<Stamp> seen;

  RunFollower(Path run, Feed feed) {
    this.run = run;
    this.reader = new SnapshotReader(run);
    this.feed = feed;
  }

  /** The file attributes that change when a file is written or replaced. */
  private record Stamp(long size, FileTime modified, String key) {
    static final Stamp NONE = new Stamp(-1, FileTime.fromMillis(0), "");

    static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            found.size(), found.lastModifiedTime(), Objects.toString(found.fileKey(), ""));
      } catch (IOException e) {
        return NONE;
      }
    }
  }

  /** Checks the files once. */
  void look() {
    // Taken before reading, so that changes during the read are picked up the next time.
    List<Stamp> now = FILES.stream().map(name -> Stamp.of(run.resolve(name))).toList();
    if (!now.equals(seen)) {
      feed.publish(reader.read());
      seen = now;
    }
  }
}
