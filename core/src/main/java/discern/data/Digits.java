package discern.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The embedded digits: see {@code digits.LICENCE.txt} beside the resource. */
final class Digits {
  static final ImageShape SHAPE = new ImageShape(1, 8, 8);
  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final int LARGEST = 16;

  private Digits() {}

  /** All 1,797 images; their values of 0 to 16 are stretched to a byte's 0 to 255. */
  static ImageSet read() {
    try (InputStream raw =
            Objects.requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.US_ASCII))) {
      List<String> rows = lines.lines().toList();
      byte[] pixels = new byte[rows.size() * SHAPE.size()];
      int[] labels = new int[rows.size()];
      for (int i = 0; i < labels.length; i++) {
        String[] cells = rows.get(i).split(",", -1);
        for (int p = 0; p < SHAPE.size(); p++) {
          int value = Integer.parseInt(cells[p]);
          pixels[i * SHAPE.size() + p] = (byte) Math.round(value * 255f / LARGEST);
        }
        labels[i] = Integer.parseInt(cells[SHAPE.size()]);
      }
      return new MemoryImages("digits", SHAPE, CLASSES, pixels, labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
