package dev.discern.report;

import dev.discern.run.Predictions;
import dev.discern.run.Predictions.Row;
import dev.discern.run.TestPredictions;
import dev.discern.stats.McNemar;
import dev.discern.stats.PairedComparison;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of two methods, paired by seed.
 *
 * @param a the first method, the baseline
 * @param b the second method; differences are b − a
 * @param seeds the seeds that both methods finished
 * @param score the comparison of the task's score on the test images after the last epoch
 * @param mcNemar McNemar's test on the test images, pooled over the seeds
 */
record PairResult(Group a, Group b, List<Long> seeds, PairedComparison score, McNemar mcNemar) {
  private static final long BOOTSTRAP_SEED = 20210401;

  /**
   * The p-value of the t-test, or null if the differences are equal but not 0. Accuracies are
   * counts, so two or three equal differences are not rare, and their p-value of 0 would prove
   * nothing.
   */
  @Nullable Double tTestP() {
    boolean spread = score.effectSize() != null || score.difference().mean() == 0;
    return spread ? score.tTestP() : null;
  }

  /** Every pair of methods with a common finished seed, in the order of the groups. */
  static List<PairResult> all(List<Group> groups) {
    List<PairResult> pairs = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        Group a = groups.get(i);
        Group b = groups.get(j);
        List<Long> seeds = commonSeeds(a, b);
        if (!seeds.isEmpty()) {
          pairs.add(of(a, b, seeds));
        }
      }
    }
    return pairs;
  }

  private static List<Long> commonSeeds(Group a, Group b) {
    return a.finished().stream()
        .map(run -> run.entry().seed())
        .filter(seed -> b.finished(seed).isPresent())
        .toList();
  }

  private static PairResult of(Group a, Group b, List<Long> seeds) {
    long onlyA = 0;
    long onlyB = 0;
    for (long seed : seeds) {
      TestPredictions ofA = predictions(a, seed);
      TestPredictions ofB = predictions(b, seed);
      for (int i = 0; i < ofA.size(); i++) {
        onlyA += ofA.isRight(i) && !ofB.isRight(i) ? 1 : 0;
        onlyB += ofB.isRight(i) && !ofA.isRight(i) ? 1 : 0;
      }
    }
    return new PairResult(
        a,
        b,
        seeds,
        PairedComparison.of(scores(a, seeds), scores(b, seeds), BOOTSTRAP_SEED),
        McNemar.of(onlyA, onlyB));
  }

  private static double[] scores(Group group, List<Long> seeds) {
    return seeds.stream()
        .map(seed -> group.finished(seed).orElseThrow().result().at(group.score().pointer()))
        .mapToDouble(node -> node.asDouble())
        .toArray();
  }

  private static TestPredictions predictions(Group group, long seed) {
    return group.finished(seed).map(RunRecord::requirePredictions).orElseThrow();
  }

  /** The test predictions of a run, for one class per image. */
  static List<Row> rows(Group group, long seed) {
    return ((Predictions) predictions(group, seed)).rows();
  }
}
