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
 * Writes the figures of a run to an event file for TensorBoard, {@code
 * tensorboard/events.out.tfevents.discern} in the run directory.
 *
 * <p>The content depends only on {@code metrics.jsonl}: one event per line, whose step is the
 * epoch, whose wall time is the time of the line, and whose scalars are the numbers of the line
 * under their names, joined by slashes ({@code train/loss}, {@code validation/top1}, {@code lr}).
 * So the same lines always give the same file, whether it is written after each epoch, at the end
 * of the run, or after an interruption. There is no state to lose between epochs: the content is
 * generated from scratch each time and compared with the file. If the file is a prefix of the
 * content, only the rest is appended, because a running TensorBoard keeps reading. Otherwise, for
 * example after a resume that dropped an epoch or after an interrupted write, the whole file is
 * replaced, and a running TensorBoard must be restarted to show it.
 */
public final class TensorBoard {
  private static final Set<String> NO_SCALARS = Set.of("epoch", "steps", "samples");

  private TensorBoard() {}

  /**
   * Updates the event file of a run from its metrics.
   *
   * @param run the run directory; nothing is written before the first epoch has finished
   * @return the path of the event file
   * @throws InvalidConfig if there is no such run
   * @throws WorkFailed if the metrics cannot be read or the file cannot be written
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
   * Creates a listener that updates the event file of a run after each epoch.
   *
   * @param run the run directory; need not exist yet
   * @param next receives all events too
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

  /** Seconds since 1970; 0 if a line, written by an older version, has no time. */
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

  /** The length of the file if it is a prefix of the content; -1 if it is not or does not exist. */
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
