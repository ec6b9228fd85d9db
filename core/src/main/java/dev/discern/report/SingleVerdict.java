package dev.discern.report;

import dev.discern.config.Task;
import dev.discern.run.TestPredictions;
import dev.discern.stats.Interval;
import dev.discern.stats.Proportion;
import dev.discern.stats.Summary;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the report of a single method says first: how good it is. */
record SingleVerdict(Group group) {
  /** The score alone, for a title, such as {@code 92.7 % right}; empty without a finished run. */
  String title() {
    if (group.finished().isEmpty()) {
      return "";
    }
    double score = Summary.of(group.figures(group.score().pointer())).mean();
    return group.score().task() == Task.ONE_LABEL
        ? percent(score) + " accuracy"
        : "mAP " + percent(score);
  }

  /** The score with its uncertainty, without a full stop. */
  String headline() {
    int runs = group.finished().size();
    if (runs == 0) {
      return "No run has finished";
    }
    String useless = new Usefulness(group, "").uselessness().map(words -> ", " + words).orElse("");
    return (runs == 1 ? ofRun(group.finished().get(0)) : ofSeeds(runs)) + useless;
  }

  // Over one run, the uncertainty that is known is that of the test images.
  private String ofRun(RunRecord run) {
    TestPredictions predictions = run.requirePredictions();
    if (group.score().task() == Task.MANY_LABELS) {
      return String.format(Locale.ROOT, "%s on %,d test images", title(), predictions.size());
    }
    long right = IntStream.range(0, predictions.size()).filter(predictions::isRight).count();
    return String.format(
        Locale.ROOT,
        "%s of the %,d test images are classified right (95 %% interval %s)",
        percent((double) right / predictions.size()),
        predictions.size(),
        range(new Proportion(right, predictions.size()).interval()));
  }

  private String ofSeeds(int runs) {
    Summary summary = Summary.of(group.figures(group.score().pointer()));
    Interval interval = summary.interval();
    return String.format(
        Locale.ROOT,
        group.score().task() == Task.ONE_LABEL
            ? "%s of the test images are classified right, on average over %d seeds%s"
            : "mAP %s on average over %d seeds%s",
        percent(summary.mean()),
        runs,
        interval == null ? "" : " (95 % interval " + range(interval) + ")");
  }

  private static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.1f to %s", 100 * interval.low(), percent(interval.high()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
