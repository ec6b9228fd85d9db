package dev.discern.run;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pooled features of up to {@link #LIMIT} test images, evenly spaced over the test set: {@code
 * features.csv}. The same images for every run on the same test set.
 *
 * @param images positions in the test set, increasing
 * @param features {@code [M][F]}, one row per image
 */
public record FeatureSample(List<Integer> images, List<float[]> features) {
  /** The file's name in a run directory. */
  public static final String FILE = "features.csv";

  /** The most images kept. */
  public static final int LIMIT = 1000;

  /** Keeps unmodifiable copies. */
  public FeatureSample {
    images = List.copyOf(images);
    features = List.copyOf(features);
  }

  /**
   * Whether an image is among those kept.
   *
   * @param image its position in the test set
   * @param size images of the test set
   * @return true for {@code min(size, LIMIT)} of them, evenly spaced
   */
  static boolean keeps(int image, int size) {
    return keeps(image, size, LIMIT);
  }

  /** Whether an image is among {@code min(size, limit)} of a set, evenly spaced. */
  static boolean keeps(int image, int size, int limit) {
    return size <= limit || (long) (image + 1) * limit / size != (long) image * limit / size;
  }

  /**
   * Writes the file.
   *
   * @param run the run's directory
   */
  void write(Path run) {
    List<String> header = new ArrayList<>(List.of("image"));
    for (int f = 0; !features.isEmpty() && f < features.get(0).length; f++) {
      header.add("f" + f);
    }
    List<List<String>> records = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      List<String> record = new ArrayList<>(List.of(images.get(i).toString()));
      for (float value : features.get(i)) {
        record.add(Float.toString(value));
      }
      records.add(record);
    }
    CsvFile.write(run.resolve(FILE), header, records);
  }

  /**
   * Reads a run's file.
   *
   * @param run the run's directory
   * @param size images of the test set
   * @return its rows
   * @throws WorkFailed if the file is missing or damaged
   */
  public static FeatureSample read(Path run, int size) {
    List<Integer> images = new ArrayList<>();
    List<float[]> features =
        CsvFile.read(
            run.resolve(FILE),
            List.of(),
            fields -> {
              float[] row = new float[fields.size() - 1];
              for (int f = 0; f < row.length; f++) {
                row[f] = Float.parseFloat(fields.get(f + 1));
              }
              images.add(Integer.parseInt(fields.get(0)));
              return row;
            });
    int wanted = Math.min(size, LIMIT);
    if (images.size() != wanted) {
      throw new WorkFailed(
          CsvFile.damage(run.resolve(FILE), images.size() + " rows instead of " + wanted));
    }
    return new FeatureSample(images, features);
  }
}
