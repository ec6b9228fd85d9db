package dev.discern.run;

import dev.discern.config.RunConfig;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.SafeTensors;
import dev.discern.train.Checkpoint;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Evaluator;
import dev.discern.train.Progress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The end of a run: writes its weights and its results. Only this step uses the test images. */
final class Conclusion {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final RunDirectory directory;
  private final Session session;
  private final BooleanSupplier stop;

  /**
   * Prepares to conclude a run.
   *
   * @param stop checked after every batch; true ends the run with a {@code CancellationException}
   */
  Conclusion(RunDirectory directory, Session session, BooleanSupplier stop) {
    this.directory = directory;
    this.session = session;
    this.stop = stop;
  }

  /** Writes the weights and the result of a run whose last epoch's weights are in the session. */
  JsonNode write(Progress end) {
    long startNanos = System.nanoTime();
    Map<String, String> metadata = new TreeMap<>(session.card().toMetadata());
    metadata.put("epoch", Integer.toString(end.epoch()));
    SafeTensors.write(directory.weights(), session.measured().store().state(), metadata);

    TestRecord record = new TestRecord(session.split().test());
    EvaluationResult last = measureTest(record);
    record.write(directory.path());
    Checkpoint.restore(directory.checkpoints().resolve("best"), session.measured());
    EvaluationResult best = measureTest(EvaluationListener.NONE);

    List<String> classNames = session.card().classNames();
    ObjectNode node = JSON.createObjectNode();
    describe(node, end);
    node.set("test", Figures.full(last, classNames));
    node.set("last", epoch(end.epoch(), last));
    node.set("best", epoch(end.best().epoch(), best));
    node.set("mostConfused", Figures.mostConfused(last, classNames));
    addSpeed(node, (System.nanoTime() - startNanos) / 1e9);
    directory.writeJson("result.json", node);
    return node;
  }

  private EvaluationResult measureTest(EvaluationListener listener) {
    Evaluator evaluator = session.evaluator();
    return evaluator.evaluate(session.evaluation(session.split().test()), listener, stop);
  }

  private void describe(ObjectNode node, Progress end) {
    RunConfig config = session.config();
    node.put("data", config.data().source())
        .put("model", config.model().name())
        .put("parameters", session.network().store().parameterCount())
        .put("loss", config.loss().spec())
        .put("method", config.method())
        .put("seed", config.train().seed())
        .put("epochs", end.epoch())
        .put("precision", RecordedPrecision.name(session.network().precisions().training()));
    EarlyStop.of(config.train(), end).ifPresent(early -> node.set("stoppedEarly", early.facts()));
  }

  private ObjectNode epoch(int epoch, EvaluationResult test) {
    ObjectNode node = JSON.createObjectNode();
    node.put("epoch", epoch);
    directory.metrics().stream()
        .filter(line -> line.path("epoch").asInt() == epoch)
        .forEach(line -> node.set("validation", line.path("validation")));
    node.set("test", Figures.summary(test));
    return node;
  }

  private double featureSeconds() {
    return directory
        .readJson(FeatureStage.FILE)
        .map(facts -> facts.path("seconds").asDouble())
        .orElse(0.0);
  }

  // Over all sessions: the time of the epochs, as their lines give it, and of the final evaluation.
  private void addSpeed(ObjectNode node, double evaluationSeconds) {
    double seconds = evaluationSeconds + featureSeconds();
    double perImage = 0;
    List<JsonNode> lines = directory.metrics();
    int measured = 0;
    for (JsonNode line : lines) {
      seconds += line.path("seconds").asDouble();
      double rate = line.path("imagesPerSecond").asDouble();
      // An epoch that was resumed after its last step has no rate.
      measured += rate > 0 ? 1 : 0;
      perImage += rate > 0 ? 1 / rate : 0;
    }
    node.put("secondsTotal", seconds)
        .put("imagesPerSecond", measured == 0 ? 0 : measured / perImage);
  }
}
