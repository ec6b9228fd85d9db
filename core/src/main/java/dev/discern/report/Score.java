package dev.discern.report;

import dev.discern.config.Task;
import dev.discern.head.Methods;
import java.util.List;

/**
 * The score that compares methods, and the other figures shown for each method, by task.
 *
 * @param task how many labels an image has
 * @param key the name in {@code results.json}
 * @param words the name of the score in sentences
 * @param figures the figures shown for a method, the score first
 */
record Score(Task task, String key, String words, List<Figure> figures) {
  /**
   * A figure of a run, such as accuracy.
   *
   * @param key the name in {@code results.json}
   * @param pointer the JSON pointer in {@code result.json}
   */
  record Figure(String key, String pointer) {}

  private static final Score TOP1 =
      new Score(
          Task.ONE_LABEL,
          "top1",
          "test top-1",
          List.of(
              new Figure("top1", "/last/test/top1"),
              new Figure("bestTop1", "/best/test/top1"),
              new Figure("ece", "/test/ece"),
              new Figure("meanTrueProbability", "/test/meanTrueProbability"),
              new Figure("meanStrongestRival", "/test/meanStrongestRival"),
              new Figure("loss", "/test/loss")));

  private static final Score MEAN_AVERAGE_PRECISION =
      new Score(
          Task.MANY_LABELS,
          "mAP",
          "test mAP",
          List.of(
              new Figure("mAP", "/last/test/mAP"),
              new Figure("bestMAP", "/best/test/mAP"),
              new Figure("f1", "/test/f1"),
              new Figure("overallF1", "/test/overallF1"),
              new Figure("hammingLoss", "/test/hammingLoss"),
              new Figure("rankingLoss", "/test/rankingLoss"),
              new Figure("oneError", "/test/oneError"),
              new Figure("coverage", "/test/coverage"),
              new Figure("loss", "/test/loss")));

  static Score of(Task task) {
    return task == Task.ONE_LABEL ? TOP1 : MEAN_AVERAGE_PRECISION;
  }

  /** The score for a loss; this does not need the data. */
  static Score ofLoss(String loss) {
    return of(Methods.taskOf(loss));
  }

  String pointer() {
    return figures.get(0).pointer();
  }
}
