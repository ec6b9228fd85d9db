package dev.discern.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of a CSV file (RFC 4180). The separator is the one that fits its beginning (comma,
 * semicolon, tab or bar), or the one that a first line {@code sep=;} names.
 */
final class CsvTable {
  private static final String SEPARATORS = ",\t;|";
  private static final String NAMED = "sep=";
  private static final int SAMPLE_ROWS = 1000;

  private final Path file;
  private final char separator;
  private final List<Row> sample;

  /**
   * A row.
   *
   * @param line where it begins, from 1
   * @param fields its fields, without blanks around them
   */
  record Row(long line, List<String> fields) {
    boolean isEmpty() {
      return fields.equals(List.of(""));
    }
  }

  /** Receives rows. */
  @FunctionalInterface
  interface Visitor {
    /** Receives a row; returns false to stop reading. */
    boolean visit(Row row);
  }

  private CsvTable(Path file, char separator, List<Row> sample) {
    this.file = file;
    this.separator = separator;
    this.sample = sample;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws WorkFailed if it cannot be read
   */
  static CsvTable of(Path file) {
    String text = CsvText.sample(file);
    char best = SEPARATORS.charAt(0);
    long bestScore = -1;
    List<Row> bestRows = List.of();
    for (char separator : candidates(text)) {
      List<Row> rows = rows(text, separator);
      long score = score(rows);
      if (score > bestScore) {
        best = separator;
        bestScore = score;
        bestRows = rows;
      }
    }
    return new CsvTable(file, best, bestRows);
  }

  private static char[] candidates(String text) {
    boolean named = text.startsWith(NAMED) && text.length() > NAMED.length();
    return named ? new char[] {text.charAt(NAMED.length())} : SEPARATORS.toCharArray();
  }

  private static List<Row> rows(String text, char separator) {
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv = reader(new StringReader(text), separator)) {
      for (CsvRecord row : csv) {
        add(row, rows::add);
        if (rows.size() == SAMPLE_ROWS) {
          break;
        }
      }
    } catch (CsvParseException | IOException e) {
      return rows; // the full read reports the line
    }
    return rows;
  }

  // Most rows with an image's name win, then rows of equal width.
  private static long score(List<Row> rows) {
    int width = width(rows);
    if (width < 2) {
      return 0;
    }
    long images =
        rows.stream().filter(r -> r.fields().stream().anyMatch(ImageFiles::looksLikeImage)).count();
    long even = rows.stream().filter(r -> r.fields().size() == width).count();
    return images * 2 * SAMPLE_ROWS + even;
  }

  /** The number of fields that most rows have. */
  static int width(List<Row> rows) {
    int[] counts = new int[rows.stream().mapToInt(r -> r.fields().size()).max().orElse(0) + 1];
    rows.forEach(r -> counts[r.fields().size()]++);
    int width = 0;
    for (int k = 0; k < counts.length; k++) {
      width = counts[k] > counts[width] ? k : width;
    }
    return width;
  }

  /** The first rows: all of a short file. */
  List<Row> sample() {
    return sample;
  }

  /**
   * Reads the file.
   *
   * @throws WorkFailed if it is not CSV, naming the line
   */
  void forEach(Visitor visitor) {
    try (Reader text = CsvText.open(file);
        CsvReader<CsvRecord> csv = reader(text, separator)) {
      for (CsvRecord row : csv) {
        if (!add(row, visitor)) {
          return;
        }
      }
    } catch (CsvParseException e) {
      throw new WorkFailed(file + " is not a valid CSV file: " + e.getMessage() + ".", e);
    } catch (UncheckedIOException e) {
      throw CsvText.unreadable(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw CsvText.unreadable(file, e);
    }
  }

  private static boolean add(CsvRecord row, Visitor visitor) {
    List<String> fields = row.getFields().stream().map(String::strip).toList();
    Row stripped = new Row(row.getStartingLineNumber(), fields);
    boolean names = stripped.line() == 1 && fields.get(0).startsWith(NAMED);
    return stripped.isEmpty() || names || visitor.visit(stripped);
  }

  private static CsvReader<CsvRecord> reader(Reader text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .trimWhitespacesAroundQuotes(true)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }
}
