package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a CSV file: UTF-8, or UTF-16 as spreadsheets save it. */
final class CsvText {
  private static final int SAMPLE_CHARS = 1 << 16;

  private CsvText() {}

  /** Opens a file after the byte order mark. Reading fails at bytes that are not its encoding. */
  static BufferedReader open(Path file) throws IOException {
    Charset charset = charset(file);
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
    } catch (IOException e) {
      text.close();
      throw e;
    }
    return text;
  }

  /** Whole lines from the beginning of a file: all of a short one. */
  static String sample(Path file) {
    char[] chars = new char[SAMPLE_CHARS];
    int count = 0;
    try (Reader text = open(file)) {
      int read = 0;
      while (read >= 0 && count < SAMPLE_CHARS) {
        count += read;
        read = text.read(chars, count, SAMPLE_CHARS - count);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    String start = new String(chars, 0, count);
    int end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf('\r'));
    return count < SAMPLE_CHARS || end < 0 ? start : start.substring(0, end);
  }

  static WorkFailed unreadable(Path file, IOException e) {
    return new WorkFailed(
        e instanceof CharacterCodingException
            ? file + " is not in UTF-8: save it as UTF-8."
            : file + " cannot be read: " + AtomicFiles.reason(e) + ".",
        e);
  }

  // UTF-16 has a mark, or a zero byte in each of the first characters, which are ASCII.
  private static Charset charset(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(2);
    }
    int mark = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
    if (mark == 0xFEFF || (mark > 0 && mark < 0x80)) {
      return StandardCharsets.UTF_16BE;
    }
    boolean little = mark == 0xFFFE || (mark != 0 && (mark & 0xff) == 0 && mark >> 8 < 0x80);
    return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }
}
