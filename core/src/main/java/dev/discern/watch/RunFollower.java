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
 * Publishes a run's snapshot whenever one of its files has changed. It is to be asked regularly:
 * file systems over a network tell of no changes by themselves.
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

  /** What does not stay the same in a file that is written to or replaced. */
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

  /** Looks once. */
  void look() {
    // Before the reading, so that what changes during it is read again the next time.
    List<Stamp> now = FILES.stream().map(name -> Stamp.of(run.resolve(name))).toList();
    if (!now.equals(seen)) {
      feed.publish(reader.read());
      seen = now;
    }
  }
}
