package dev.discern.report;

import dev.discern.run.Predictions;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The runs of one method.
 *
 * @param label distinguishes the method from the others
 * @param runs the runs by seed, finished or not
 */
record Group(String label, List<RunRecord> runs) {
  boolean isControl() {
    return runs.get(0).entry().method().contains("@gain(");
  }

  /** The loss of the method, without the parts that a control or a curriculum adds. */
  String loss() {
    String method = runs.get(0).entry().method();
    int at = method.indexOf('@');
    return at < 0 ? method : method.substring(0, at);
  }

  /** The score by which the method is judged. */
  Score score() {
    return Score.ofLoss(loss());
  }

  List<RunRecord> finished() {
    return runs.stream().filter(RunRecord::isFinished).toList();
  }

  Optional<RunRecord> finished(long seed) {
    return finished().stream().filter(run -> run.entry().seed() == seed).findFirst();
  }

  /** The test predictions of each finished run, for one class per image. */
  List<Predictions> predictions() {
    return finished().stream()
        .map(RunRecord::requirePredictions)
        .map(Predictions.class::cast)
        .toList();
  }

  /** The values of a figure in the finished runs, by its JSON pointer in {@code result.json}. */
  double[] figures(String pointer) {
    return finished().stream()
        .map(run -> run.result().at(pointer))
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
