package dev.discern.check;

import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.metric.ConfusedPair;
import dev.discern.metric.Confusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What cross-validated predictions say about labels and classes, where each image has one class.
 */
final class LabelCheck {
  /** Classes that are confused this often are said to overlap. */
  static final double OVERLAP = 0.1;

  /** Classes that are confused this often cannot be told apart: guessing gives a half. */
  static final double INSEPARABLE = 0.4;

  private static final int MOST_PAIRS = 1000;

  private final Pool pool;
  private final LabelScores scores;
  private final int[] labels;
  private final Probabilities predicted;
  private final int[] counts;

  private LabelCheck(Pool pool, LabelScores scores) {
    this.pool = pool;
    this.scores = scores;
    labels = scores.labels();
    predicted = scores.predicted();
    counts = new int[predicted.classes()];
    Arrays.stream(labels).forEach(label -> counts[label]++);
  }

  /**
   * Cross-validates.
   *
   * @param pool images of one class each
   * @param features one row per image
   * @param copies images that are copies of each other stay in one fold
   * @param listener receives the progress
   * @param stop true ends the work
   * @return the predictions, with what follows from them
   */
  static LabelCheck of(
      Pool pool,
      FeatureTable features,
      Groups copies,
      LoadListener listener,
      BooleanSupplier stop) {
    int[] labels = pool.labels();
    int[] folds = Folds.draw(labels, copies.roots(), CrossValidation.FOLDS);
    int classes = pool.classNames().size();
    Probabilities predicted = CrossValidation.of(features, labels, classes, folds, listener, stop);
    return new LabelCheck(pool, new LabelScores(predicted, labels, folds));
  }

  /** How every label was judged. */
  LabelScores scores() {
    return scores;
  }

  /** The images whose labels look wrong, and the classes that overlap. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(suspects());
    for (ConfusedPair pair : overlapping()) {
      findings.add(overlap(pair));
    }
    return findings;
  }

  // Of a class with fewer images than folds, the classifiers know too little.
  private List<Finding> suspects() {
    ConfidentLearning learning = new ConfidentLearning(predicted, labels);
    return IntStream.range(0, labels.length)
        .filter(i -> counts[labels[i]] >= CrossValidation.FOLDS && learning.isSuspect(i))
        .mapToObj(i -> suspect(i, learning))
        .toList();
  }

  private Finding suspect(int i, ConfidentLearning learning) {
    int other = learning.confident(i);
    String words =
        String.format(
            Locale.ROOT,
            "labeled %s (p %.2f), looks like %s (p %.2f)",
            name(labels[i]),
            predicted.of(i, labels[i]),
            name(other),
            predicted.of(i, other));
    return new Finding(
        Kind.LABEL, words, scores.suspicion(i), List.of(pool.member(i, name(other))));
  }

  private List<ConfusedPair> overlapping() {
    return new Confusion(confusion())
        .mostConfused(MOST_PAIRS).stream()
            .filter(pair -> pair.rate() >= OVERLAP && pair.total() >= 2)
            .toList();
  }

  private Finding overlap(ConfusedPair pair) {
    String words =
        String.format(
            Locale.ROOT,
            "%s and %s %s: %.0f %% of their images are taken for the other class",
            name(pair.a()),
            name(pair.b()),
            pair.rate() >= INSEPARABLE ? "cannot be told apart" : "overlap",
            100 * pair.rate());
    return new Finding(
        Kind.OVERLAP,
        words,
        pair.rate(),
        IntStream.range(0, labels.length)
            .filter(i -> isConfused(i, pair))
            .mapToObj(i -> pool.member(i, name(predicted.likeliest(i))))
            .toList());
  }

  private boolean isConfused(int i, ConfusedPair pair) {
    int likeliest = predicted.likeliest(i);
    return (labels[i] == pair.a() && likeliest == pair.b())
        || (labels[i] == pair.b() && likeliest == pair.a());
  }

  /** Images by label, then by likeliest class. */
  private long[][] confusion() {
    long[][] counted = new long[predicted.classes()][predicted.classes()];
    for (int i = 0; i < labels.length; i++) {
      counted[labels[i]][predicted.likeliest(i)]++;
    }
    return counted;
  }

  /** The share of each class's images whose likeliest class is their label; NaN without images. */
  double[] recalls() {
    long[][] confusion = confusion();
    return IntStream.range(0, counts.length)
        .mapToDouble(k -> counts[k] == 0 ? Double.NaN : (double) confusion[k][k] / counts[k])
        .toArray();
  }

  private String name(int k) {
    return pool.classNames().get(k);
  }
}
