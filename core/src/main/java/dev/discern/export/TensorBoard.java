package dev.discern.export;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Uninterrupted;
import dev.discern.config.WorkFailed;
import dev.discern.run.RunDirectory;
import dev.discern.run.RunListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A run's figures as an event file for TensorBoard, {@code tensorboard/events.out.tfevents.discern}
 * below the run.
 *
 * <p>Its content is a function of {@code metrics.jsonl} alone: an event a line, whose step is the
 * epoch, whose wall time is the line's, and whose scalars are the line's numbers under their names,
 * joined by slashes ({@code train/loss}, {@code validation/top1}, {@code lr}). So a run that was
 * cut and resumed, one that is written at its end, and one that is written after each epoch have
 * the same file for the same lines. There is no state to lose between epochs: the content is made
 * anew each time, and compared with the file. Where the file is the beginning of it, only the rest
 * is appended, since a TensorBoard that is open goes on reading; otherwise, as after a resume that
 * dropped an epoch or a write that was cut, the file is replaced as a whole, and an open
 * TensorBoard must be started again to see it.
 */
public final class TensorBoard {
  private static final Set<String> NO_SCALARS = Set.of("epoch", "steps", "samples");

  private TensorBoard() {}

  /**
   * Brings a run's event file up to its metrics.
   *
   * @param run the run's directory; without a finished epoch, nothing is written
   * @return the event file's path
   * @throws InvalidConfig if there is no such run
   * @throws WorkFailed if the metrics can't be read or the file not written
   */
  public static Path write(Path run) {
    List<JsonNode> lines = RunDirectory.open(run).metrics();
    Path file = run.resolve("tensorboard").resolve("events.out.tfevents.discern");
    if (lines.isEmpty()) {
      return file;
    }
    try {
      Files.createDirectories(file.getParent());
      byte[] content = content(lines);
      Path unused =
          Uninterrupted.call(
              () -> {
                bring(file, content);
                return file;
              });
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    return file;
  }

  /**
   * A listener that keeps a run's event file up to date, epoch by epoch.
   *
   * @param run the run's directory; need not exist yet
   * @param next told everything too
   * @return the listener
   */
  public static RunListener following(Path run, RunListener next) {
    return new TensorBoardListener(run, next);
  }

  private static byte[] content(List<JsonNode> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(EventRecords.version(wallTime(lines.get(0))));
    for (JsonNode line : lines) {
      Map<String, Double> scalars = new TreeMap<>();
      addScalars(line, "", scalars);
      bytes.writeBytes(EventRecords.scalars(wallTime(line), line.path("epoch").asLong(), scalars));
    }
    return bytes.toByteArray();
  }

  private static void addScalars(JsonNode node, String prefix, Map<String, Double> scalars) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String tag = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        addScalars(entry.getValue(), tag + "/", scalars);
      } else if (entry.getValue().isNumber() && !NO_SCALARS.contains(entry.getKey())) {
        scalars.put(tag, entry.getValue().asDouble());
      }
    }
  }

  /** Seconds since 1970; 0 where a line, of a version before this one, tells no time. */
  private static double wallTime(JsonNode line) {
    return Instant.parse(line.path("time").asString("1970-01-01T00:00:00Z")).toEpochMilli() / 1e3;
  }

  private static void bring(Path file, byte[] content) throws IOException {
    int there = matching(file, content);
    if (there < 0) {
      AtomicFiles.write(file, channel -> AtomicFiles.writeFully(channel, ByteBuffer.wrap(content)));
    } else if (there < content.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
        AtomicFiles.writeFully(channel, ByteBuffer.wrap(content, there, content.length - there));
      }
    }
  }

  /** How long a file that begins the content is; -1 where it does not, or is not there. */
  private static int matching(Path file, byte[] content) throws IOException {
    byte[] old;
    try {
      old = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return -1;
    }
    boolean begins =
        old.length <= content.length && Arrays.equals(old, 0, old.length, content, 0, old.length);
    return begins ? old.length : -1;
  }
}
