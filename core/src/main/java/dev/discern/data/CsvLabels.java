package dev.discern.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.discern.config.AtomicFiles;
import dev.discern.config.DataConfig;
import dev.discern.config.WorkFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CSV file (RFC 4180, UTF-8) with a line {@code path,label;label;...} an image. Paths are
 * relative to the file's folder, or absolute; no labels is {@code path,}; a first line {@code
 * path,labels} is a header. All parts are drawn.
 */
final class CsvLabels {
  private static final List<String> HEADER = List.of("path", "labels");

  private final Path file;
  private final List<LabelledImage> images = new ArrayList<>();
  private final Map<Path, Long> lines = new HashMap<>();

  private CsvLabels(Path file) {
    this.file = file;
  }

  /**
   * Loads the images that a file lists.
   *
   * @param file the CSV file
   * @param config size and shares
   * @param listener hears images checked
   * @return the split
   * @throws WorkFailed if a line is bad, naming it, or an image
   */
  static Split load(Path file, DataConfig config, LoadListener listener) {
    return list(file).open(config, listener);
  }

  /** The files that are listed, all in one part. */
  static FileParts list(Path file) {
    CsvLabels csv = new CsvLabels(file);
    csv.read();
    return new ImageLists(
            file,
            file.resolveSibling(""),
            ImageLists.classesOf(csv.images),
            csv.images,
            Optional.empty(),
            Optional.empty(),
            List.of())
        .fileParts();
  }

  private void read() {
    try (Reader text = withoutMark(Files.newBufferedReader(file));
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
      csv.forEach(this::add);
    } catch (CsvParseException e) {
      throw new WorkFailed(file + " is no valid CSV file: " + e.getMessage() + ".", e);
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  // Spreadsheets begin UTF-8 with a byte order mark.
  private static Reader withoutMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return text;
  }

  private WorkFailed unreadable(IOException e) {
    return new WorkFailed(
        e instanceof CharacterCodingException
            ? file + " is not in UTF-8: save it so."
            : file + " can't be read: " + AtomicFiles.reason(e) + ".",
        e);
  }

  private void add(CsvRecord record) {
    List<String> fields = record.getFields().stream().map(String::strip).toList();
    long line = record.getStartingLineNumber();
    boolean header =
        line == 1 && fields.stream().map(f -> f.toLowerCase(Locale.ROOT)).toList().equals(HEADER);
    if (header || fields.equals(List.of(""))) {
      return;
    }
    if (fields.size() != 2 || fields.get(0).isEmpty()) {
      throw bad(
          line,
          (fields.size() == 2
                  ? "names no file"
                  : "has " + fields.size() + (fields.size() == 1 ? " field" : " fields"))
              + ": write path,label;label; and 'path,' for an image without labels");
    }
    LabelledImage image = new LabelledImage(path(fields.get(0), line), labels(fields.get(1)));
    Long before = lines.putIfAbsent(image.file(), line);
    if (before != null) {
      throw bad(
          line,
          "lists " + fields.get(0) + ", which line " + before + " does: put its labels into one");
    }
    images.add(image);
  }

  private static Set<String> labels(String field) {
    return Stream.of(field.split(";"))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toSet());
  }

  private Path path(String field, long line) {
    try {
      return file.resolveSibling(field);
    } catch (InvalidPathException e) {
      throw new WorkFailed(
          "Line " + line + " of " + file + " has '" + field + "', which is no path.", e);
    }
  }

  private WorkFailed bad(long line, String what) {
    return new WorkFailed("Line " + line + " of " + file + " " + what + ".");
  }
}
