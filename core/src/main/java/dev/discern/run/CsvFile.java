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
import java.util.List;
import java.util.function.Function;

/** A table of numbers in a run directory: a header, then a record a line. */
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
   * Reads the records after the header.
   *
   * @param file which
   * @param row a record's fields to what it means; what it throws for bad numbers is turned into a
   *     sentence
   * @param <T> what a record means
   * @return a value a record
   * @throws WorkFailed if the file is missing, cut or holds other things than such records
   */
  static <T> List<T> read(Path file, Function<List<String>, T> row) {
    List<T> rows = new ArrayList<>();
    int width = 0;
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord line : csv) {
        if (line.getStartingLineNumber() == 1) {
          width = line.getFieldCount();
        } else if (line.getFieldCount() == width) {
          rows.add(row.apply(line.getFields()));
        } else {
          throw new IndexOutOfBoundsException(line.getFieldCount());
        }
      }
    } catch (NoSuchFileException e) {
      throw new WorkFailed(
          file
              + " is missing: delete result.json beside it and go on with the run (./discern train"
              + " --resume), or leave it out.",
          e);
    } catch (IOException e) {
      throw damaged(file, AtomicFiles.reason(e), e);
    } catch (CsvParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, "line " + (rows.size() + 2) + " is not what it should be", e);
    }
    return rows;
  }

  private static WorkFailed damaged(Path file, String reason, Exception cause) {
    return new WorkFailed(damage(file, reason), cause);
  }

  /** What to say of a file that is not as it was written. */
  static String damage(Path file, String reason) {
    return file
        + " is damaged ("
        + reason
        + "): delete it and result.json, then go on with its run (./discern train --resume), or"
        + " leave it out.";
  }
}
