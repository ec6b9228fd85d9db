package dev.discern.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table of numbers in a run directory: a header, then one record per line. */
final class CsvFile {
  private CsvFile() {}

  /** Writes header and records, whole or not at all. */
  static void write(Path file, List<String> header, List<List<String>> records) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(header);
      records.forEach(csv::writeRecord);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    AtomicFiles.writeText(file, text.toString());
  }

  /**
   * Reads some columns of the records after the header.
   *
   * @param file which
   * @param columns the names of the columns, or empty for all; files of other versions may have
   *     further columns
   * @param row converts a record's fields of these columns to a value; exceptions for bad numbers
   *     become a sentence for the user
   * @param <T> the type of a record's value
   * @return one value per record
   * @throws WorkFailed if the file is missing, truncated or does not contain such records
   */
  static <T> List<T> read(Path file, List<String> columns, Function<List<String>, T> row) {
    List<T> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
      Iterator<CsvRecord> records = csv.iterator();
      List<String> header = records.hasNext() ? records.next().getFields() : List.of();
      if (!header.containsAll(columns)) {
        throw damaged(file, "its first line lacks some of " + String.join(", ", columns), null);
      }
      int[] places = columns.stream().mapToInt(header::indexOf).toArray();
      while (records.hasNext()) {
        List<String> fields = records.next().getFields();
        if (fields.size() != header.size()) {
          throw new IndexOutOfBoundsException(fields.size());
        }
        rows.add(
            row.apply(
                places.length == 0
                    ? fields
                    : Arrays.stream(places).mapToObj(fields::get).toList()));
      }
    } catch (NoSuchFileException e) {
      throw new WorkFailed(
          file
              + " is missing: move result.json beside it aside and resume the run to rebuild both,"
              + " or leave the run out.",
          e);
    } catch (IOException e) {
      throw damaged(file, AtomicFiles.reason(e), e);
    } catch (CsvParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, "record " + (rows.size() + 1) + " is not what it should be", e);
    }
    return rows;
  }

  private static WorkFailed damaged(Path file, String reason, @Nullable Exception cause) {
    String message = damage(file, reason);
    return cause == null ? new WorkFailed(message) : new WorkFailed(message, cause);
  }

  /** The message for a file that differs from what was written. */
  static String damage(Path file, String reason) {
    return file
        + " is damaged ("
        + reason
        + "): move it and result.json aside and resume the run to rebuild both, or leave the run"
        + " out.";
  }
}
