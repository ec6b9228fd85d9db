package dev.discern.run;

import dev.discern.config.Check;
import dev.discern.config.RunConfig;
import dev.discern.data.ImageSet;
import dev.discern.data.Split;
import dev.discern.metric.EvaluationResult;
import dev.discern.train.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures a run again, without changing it. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Measures a checkpoint on images of its run's split.
   *
   * @param run the run's directory
   * @param checkpoint {@code best} or {@code last}
   * @param part {@code test} or {@code validation}
   * @return the figures, under the names of {@code result.json}
   */
  public static JsonNode of(Path run, String checkpoint, String part) {
    Check.oneOf(checkpoint, "--checkpoint", List.of("best", "last"));
    Check.oneOf(part, "--split", List.of("test", "validation"));
    RunDirectory directory = RunDirectory.open(run);
    RunConfig config = directory.config();
    Path file = directory.requireCheckpoint(checkpoint);
    Session session = Session.build(config, run);
    Split split = session.split();
    session.requireSameIdentity(file);
    Checkpoint.restore(file, session.network(), Optional.empty());
    ImageSet images = part.equals("test") ? split.test() : split.validation();
    EvaluationResult result = session.evaluator().evaluate(session.evaluation(images));
    ObjectNode node = Figures.full(result, split.classNames());
    node.set("mostConfused", Figures.mostConfused(result, split.classNames()));
    return node;
  }
}
