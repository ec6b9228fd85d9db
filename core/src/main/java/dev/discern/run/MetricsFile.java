package dev.discern.run;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Uninterrupted;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run's {@code metrics.jsonl}: one JSON object per line and epoch. A kill may truncate the last
 * line, which then lacks its line break; any other damage is refused.
 *
 * @param file the file's path
 */
record MetricsFile(Path file) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Appends a line durably; an interrupt of the calling thread neither fails nor is lost. */
  void append(JsonNode line) {
    byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      long end = Files.exists(file) ? Files.size(file) : 0;
      Path unused = Uninterrupted.call(() -> writeAt(end, bytes));
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  // The next write overwrites the rest of an interrupted attempt.
  private Path writeAt(long end, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(end).position(end);
      AtomicFiles.writeFully(channel, ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    return file;
  }

  /**
   * Reads the lines.
   *
   * @return one object per epoch, oldest first; none where the file does not exist
   * @throws WorkFailed if a line is damaged; the message names it. A truncated last line is left
   *     out
   */
  List<JsonNode> read() {
    byte[] bytes;
    try {
      bytes = Uninterrupted.call(() -> Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new WorkFailed("Cannot read " + file + " (" + AtomicFiles.reason(e) + ").", e);
    }
    List<JsonNode> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(parsed(bytes, start, i).orElseThrow(() -> damaged(lines.size() + 1)));
        start = i + 1;
      }
    }
    parsed(bytes, start, bytes.length).ifPresent(lines::add);
    return lines;
  }

  private static Optional<JsonNode> parsed(byte[] bytes, int start, int end) {
    try {
      return Optional.of(JSON.readTree(bytes, start, end - start)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private WorkFailed damaged(int line) {
    return new WorkFailed(
        "Line "
            + line
            + " of "
            + file
            + " is damaged: restore the file from a copy; nothing was changed.");
  }

  /** Removes the lines of epochs that will be trained again. */
  void keepUntil(int epochs) {
    StringBuilder kept = new StringBuilder();
    for (JsonNode line : read()) {
      if (line.path("epoch").asInt(0) <= epochs) {
        kept.append(JSON.writeValueAsString(line)).append('\n');
      }
    }
    AtomicFiles.writeText(file, kept.toString());
  }
}
