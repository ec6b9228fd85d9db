package dev.discern.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The predictions of a run's last weights for test images that may carry several labels, in the
 * order of the test set: {@code predictions.csv}. Labels with a probability of at least ½ are
 * predicted.
 *
 * @param rows one per image
 */
public record LabelPredictions(List<Row> rows) implements TestPredictions {
  private static final List<String> NUMBERS = List.of("labels", "predicted", "logLikelihood");
  // In float32, like the log-probabilities, so that a probability of ½ is recognized.
  private static final float LN_HALF = (float) Math.log(0.5);

  /**
   * One image.
   *
   * @param labels the true labels, increasing
   * @param predicted the predicted labels, increasing
   * @param logLikelihood mean over the K labels of the right decision's {@code ln p}
   */
  public record Row(List<Integer> labels, List<Integer> predicted, float logLikelihood)
      implements TestPredictions.Row {
    /** Keeps unmodifiable copies. */
    public Row {
      labels = List.copyOf(labels);
      predicted = List.copyOf(predicted);
    }

    /**
     * Reads one row of log-probabilities.
     *
     * @param logProbabilities {@code [N, K]}, row-major: {@code ln p_k} of each label independently
     * @param offset where the row starts
     * @param carried {@code [K]}: whether the image carries the label
     * @return the image's row
     */
    static Row of(float[] logProbabilities, int offset, boolean[] carried) {
      List<Integer> labels = new ArrayList<>();
      List<Integer> predicted = new ArrayList<>();
      double sum = 0;
      for (int k = 0; k < carried.length; k++) {
        float lp = logProbabilities[offset + k];
        if (carried[k]) {
          labels.add(k);
        }
        if (lp >= LN_HALF) {
          predicted.add(k);
        }
        sum += carried[k] ? lp : lnOfRest(lp);
      }
      return new Row(labels, predicted, (float) (sum / carried.length));
    }

    // ln(1 − e^lp); at p = 1 the smallest difference that float32 can represent, so that the mean
    // stays finite.
    private static double lnOfRest(double lp) {
      return Math.log(Math.max(-Math.expm1(lp), Float.MIN_NORMAL));
    }

    @Override
    public boolean isRight() {
      return labels.equals(predicted);
    }
  }

  /** Keeps an unmodifiable copy. */
  public LabelPredictions {
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
              joined(row.labels(), classNames::get),
              joined(row.predicted(), classNames::get),
              Integer.toString(image),
              joined(row.labels(), k -> Integer.toString(k)),
              joined(row.predicted(), k -> Integer.toString(k)),
              Float.toString(row.logLikelihood())));
    }
    List<String> header =
        new ArrayList<>(List.of("path", "trueClasses", "predictedClasses", "image"));
    header.addAll(NUMBERS);
    CsvFile.write(run.resolve(FILE), header, records);
  }

  /**
   * Reads a run's file, including files of versions that wrote no names.
   *
   * @param run the run's directory
   * @return its rows
   * @throws dev.discern.config.WorkFailed if the file is missing or damaged
   */
  static LabelPredictions read(Path run) {
    return new LabelPredictions(
        CsvFile.read(
            run.resolve(FILE),
            NUMBERS,
            fields ->
                new Row(
                    split(fields.get(0)), split(fields.get(1)), Float.parseFloat(fields.get(2)))));
  }

  private static String joined(List<Integer> labels, IntFunction<String> text) {
    return labels.stream().map(text::apply).collect(Collectors.joining(";"));
  }

  private static List<Integer> split(String field) {
    return field.isEmpty()
        ? List.of()
        : Arrays.stream(field.split(";", -1)).map(Integer::valueOf).toList();
  }
}
