package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.certainty.Calibration;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.ImageSet;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.SafeTensors;
import dev.discern.train.Checkpoint;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The end of a run: calibrates its weights on the validation images, and writes them and its
 * results. Only this step uses the test images, and never to calibrate.
 */
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

  /**
   * The figures of one set of weights.
   *
   * @param test on the test images
   * @param certainty of the calibrated probabilities, under the names of {@code result.json}; empty
   *     if there is no calibration
   */
  private record Measured(EvaluationResult test, Optional<ObjectNode> certainty) {}

  /** Writes the weights and the result of a run whose last epoch's weights are in the session. */
  JsonNode write(Progress end) {
    long startNanos = System.nanoTime();
    Optional<Calibration> calibration = calibration();
    Map<String, String> metadata = metadata(calibration);
    metadata.put("epoch", Integer.toString(end.epoch()));
    SafeTensors.write(directory.weights(), session.measured().store().state(), metadata);

    TestRecord record = new TestRecord(session.split().test());
    Measured last = measure(record, calibration, true);
    record.write(directory.path());
    Measured best = end.best().epoch() == end.epoch() ? concludedBest(last, calibration) : best();

    List<String> classNames = session.card().classNames();
    ObjectNode node = JSON.createObjectNode();
    describe(node, end);
    node.set("test", Figures.full(last.test(), classNames));
    node.set("last", epoch(end.epoch(), last));
    node.set("best", epoch(end.best().epoch(), best));
    node.set("mostConfused", Figures.mostConfused(last.test(), classNames));
    addSpeed(node, (System.nanoTime() - startNanos) / 1e9);
    directory.writeJson("result.json", node);
    return node;
  }

  // The weights of the best epoch are other weights: they have their own calibration.
  private Measured best() {
    Checkpoint.restore(directory.checkpoints().resolve("best"), session.measured());
    Optional<Calibration> calibration = calibration();
    return concludedBest(measure(EvaluationListener.NONE, calibration, false), calibration);
  }

  private Measured concludedBest(Measured measured, Optional<Calibration> calibration) {
    session.checkpoint().describeBest(metadata(calibration));
    return measured;
  }

  private Map<String, String> metadata(Optional<Calibration> calibration) {
    ModelCard card = session.card();
    return new TreeMap<>(calibration.map(card::with).orElse(card).toMetadata());
  }

  private Optional<Calibration> calibration() {
    if (session.card().task() != Task.ONE_LABEL) {
      return Optional.empty();
    }
    ImageSet validation = session.split().validation();
    CalibrationOutputs outputs =
        new CalibrationOutputs(validation.size(), session.card().classNames().size());
    evaluate(validation, outputs);
    return outputs.fit();
  }

  private Measured measure(
      EvaluationListener listener, Optional<Calibration> calibration, boolean writes) {
    ImageSet test = session.split().test();
    if (calibration.isEmpty()) {
      return new Measured(evaluate(test, listener), Optional.empty());
    }
    CertaintyRecord certainty =
        new CertaintyRecord(calibration.get(), session.card().classNames().size());
    EvaluationResult result = evaluate(test, EvaluationListener.both(listener, certainty));
    if (writes) {
      certainty.write(directory.path());
    }
    return new Measured(result, Optional.of(certainty.figures()));
  }

  private EvaluationResult evaluate(ImageSet part, EvaluationListener listener) {
    return session.evaluator().evaluate(session.evaluation(part), listener, stop);
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

  private ObjectNode epoch(int epoch, Measured measured) {
    ObjectNode node = JSON.createObjectNode();
    node.put("epoch", epoch);
    directory.metrics().stream()
        .filter(line -> line.path("epoch").asInt() == epoch)
        .forEach(line -> node.set("validation", line.path("validation")));
    node.set("test", Figures.summary(measured.test()));
    measured.certainty().ifPresent(certainty -> node.set("certainty", certainty));
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
