package dev.discern.run;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The predictions of a run's last weights for test images of one class each, in the order of the
 * test set: {@code predictions.csv}.
 *
 * @param rows one per image
 */
public record Predictions(List<Row> rows) implements TestPredictions {
  private static final List<String> NUMBERS =
      List.of("label", "predicted", "rival", "logTrue", "logRival");

  /**
   * One image.
   *
   * @param label the true class
   * @param predicted the likeliest class; the lowest index among equally likely ones
   * @param rival the likeliest class other than the true one
   * @param logTrue {@code ln p_y}
   * @param logRival {@code ln max_{i≠y} p_i}
   */
  public record Row(int label, int predicted, int rival, float logTrue, float logRival)
      implements TestPredictions.Row {
    /**
     * Reads one row of log-probabilities.
     *
     * @param logProbabilities {@code [N, K]}, row-major
     * @param offset where the row starts
     * @param classes K, at least 2
     * @param label the true class
     * @return the image's row
     */
    static Row of(float[] logProbabilities, int offset, int classes, int label) {
      int best = 0;
      int rival = label == 0 ? 1 : 0;
      for (int k = 0; k < classes; k++) {
        float lp = logProbabilities[offset + k];
        best = lp > logProbabilities[offset + best] ? k : best;
        rival = k != label && lp > logProbabilities[offset + rival] ? k : rival;
      }
      return new Row(
          label, best, rival, logProbabilities[offset + label], logProbabilities[offset + rival]);
    }

    @Override
    public boolean isRight() {
      return predicted == label;
    }

    /**
     * The margin of the true class.
     *
     * @return {@code ln p_y − ln max_{i≠y} p_i}, in nats; negative for a wrong prediction
     */
    public double margin() {
      return (double) logTrue - logRival;
    }

    /**
     * The probability of the predicted class.
     *
     * @return in (0, 1]
     */
    public double confidence() {
      return Math.exp(Math.max(logTrue, logRival));
    }
  }

  /** Keeps an unmodifiable copy. */
  public Predictions {
    rows = List.copyOf(rows);
  }

  @Override
  public void write(Path run, IntFunction<String> paths, List<String> classNames) {
    List<List<String>> records = new ArrayList<>();
    for (Row row : rows) {
      int image = records.size();
      records.add(
          List.of(
              paths.apply(image),
              classNames.get(row.label()),
              classNames.get(row.predicted()),
              Integer.toString(image),
              Integer.toString(row.label()),
              Integer.toString(row.predicted()),
              Integer.toString(row.rival()),
              Float.toString(row.logTrue()),
              Float.toString(row.logRival())));
    }
    List<String> header = new ArrayList<>(List.of("path", "trueClass", "predictedClass", "image"));
    header.addAll(NUMBERS);
    CsvFile.write(run.resolve(FILE), header, records);
  }

  /**
   * Reads a run's file, including files of versions that wrote no names.
   *
   * @param run the run's directory
   * @return its rows
   * @throws WorkFailed if the file is missing or damaged
   */
  public static Predictions read(Path run) {
    return new Predictions(
        CsvFile.read(
            run.resolve(FILE),
            NUMBERS,
            fields ->
                new Row(
                    Integer.parseInt(fields.get(0)),
                    Integer.parseInt(fields.get(1)),
                    Integer.parseInt(fields.get(2)),
                    Float.parseFloat(fields.get(3)),
                    Float.parseFloat(fields.get(4)))));
  }
}
