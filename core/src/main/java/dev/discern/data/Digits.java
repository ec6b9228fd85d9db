package dev.discern.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.discern.config.DataConfig;
import dev.discern.image.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The 8x8 handwritten digits that are bundled in the jar, so that a first run needs nothing else.
 */
final class Digits {
  private static final int SIDE = 8;
  private static final int GREY_LEVELS = 16;
  private static final String RESOURCE = "digits.csv.gz";

  static final DatasetSpec SPEC =
      new DatasetSpec(
          "digits",
          "8x8 gray images of handwritten digits; built in, trains in seconds",
          "CC BY 4.0",
          1797,
          10,
          new ImageShape(1, SIDE, SIDE),
          "Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI 1998,"
              + " doi:10.24432/C50P49; inside the program",
          Map.of(
              "data.imageSize",
              SIDE,
              "data.validation",
              0.15,
              "data.test",
              0.15,
              "data.augment",
              List.of("crop(padding=1)"),
              "data.workers",
              1,
              "model.name",
              "resnet8",
              "train.epochs",
              30,
              "train.batchSize",
              64));

  private Digits() {}

  /** Splits all digits by the configuration's shares. */
  static Split load(DataConfig config) {
    List<ImageSet> parts =
        Splitter.holdOut(all(), config.splitSeed(), config.validation(), config.test());
    return new Split(parts.get(2), parts.get(0), parts.get(1), SPEC.shape(), List.of());
  }

  /** All 1,797 digits, in the order of the file. */
  static MemoryImageSet all() {
    List<CsvRecord> records = records();
    int volume = SIDE * SIDE;
    byte[] pixels = new byte[records.size() * volume];
    int[] labels = new int[records.size()];
    for (int i = 0; i < labels.length; i++) {
      CsvRecord record = records.get(i);
      for (int p = 0; p < volume; p++) {
        int grey = Integer.parseInt(record.getField(p));
        pixels[i * volume + p] = (byte) Math.round(grey * 255f / GREY_LEVELS);
      }
      labels[i] = Integer.parseInt(record.getField(volume));
    }
    List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    return new MemoryImageSet("digits", SPEC.shape(), names, pixels, labels);
  }

  private static List<CsvRecord> records() {
    try (InputStream resource =
            Objects.requireNonNull(Digits.class.getResourceAsStream(RESOURCE), RESOURCE);
        Reader text =
            new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII);
        CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
      List<CsvRecord> records = new ArrayList<>();
      csv.forEach(records::add);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException("The built-in digits cannot be read: the jar is damaged.", e);
    }
  }
}
