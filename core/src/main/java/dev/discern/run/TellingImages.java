package dev.discern.run;

import dev.discern.metric.ConfusedPair;
import dev.discern.metric.Confusion;
import dev.discern.run.Predictions.Row;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The test images whose explanations tell most about a network: wrong ones, a dozen at most. */
final class TellingImages {
  static final String WORST = "worst";
  static final String CONFUSED = "confused";

  private static final int OF_EACH_KIND = 6;

  private TellingImages() {}

  /**
   * Chooses half of them by the probability of their class, and half from the most confused pairs.
   *
   * @param rows the predictions for the test images
   * @param classes the number of classes
   * @return positions in the test set with the reason for their choice, {@link #WORST} ones first
   */
  static Map<Integer, String> of(List<Row> rows, int classes) {
    List<Integer> wrong =
        IntStream.range(0, rows.size())
            .filter(i -> !rows.get(i).isRight())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rows.get(i).logTrue()))
            .toList();
    Map<Integer, String> chosen = new LinkedHashMap<>();
    wrong.stream().limit(OF_EACH_KIND).forEach(i -> chosen.put(i, WORST));
    int most = Math.min(wrong.size(), 2 * OF_EACH_KIND);
    for (ConfusedPair pair : confused(rows, classes)) {
      add(chosen, most, wrong, rows, pair.a(), pair.b());
      add(chosen, most, wrong, rows, pair.b(), pair.a());
    }
    return chosen;
  }

  private static List<ConfusedPair> confused(List<Row> rows, int classes) {
    long[][] counts = new long[classes][classes];
    rows.forEach(row -> counts[row.label()][row.predicted()]++);
    return new Confusion(counts).mostConfused(OF_EACH_KIND);
  }

  // The most confident error of its kind that is not chosen yet.
  private static void add(
      Map<Integer, String> chosen,
      int most,
      List<Integer> wrong,
      List<Row> rows,
      int label,
      int predicted) {
    if (chosen.size() == most) {
      return;
    }
    wrong.stream()
        .filter(i -> rows.get(i).label() == label && rows.get(i).predicted() == predicted)
        .filter(i -> !chosen.containsKey(i))
        .findFirst()
        .ifPresent(i -> chosen.put(i, CONFUSED));
  }
}
