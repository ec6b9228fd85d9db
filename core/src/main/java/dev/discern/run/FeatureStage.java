package dev.discern.run;

import dev.discern.config.ConfigTree;
import dev.discern.config.OptimConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.TrainConfig;
import dev.discern.data.BatchStream;
import dev.discern.data.ImageSet;
import dev.discern.layer.TensorSpec;
import dev.discern.metric.EvaluationResult;
import dev.discern.optim.LrSchedule;
import dev.discern.optim.Optimizers;
import dev.discern.optim.ParameterRules;
import dev.discern.train.Evaluator;
import dev.discern.train.Feed;
import dev.discern.train.Lesson;
import dev.discern.train.Network;
import dev.discern.train.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run computes with a backbone that does not change, before its first step: the features of
 * a frozen backbone, on which all epochs then train; or, before fine-tuning, a head that fits the
 * features already, so that the first steps do not spoil the backbone's weights (Kumar et al.,
 * "Fine-Tuning can Distort Pretrained Features", 2022).
 *
 * <p>Nothing here needs a checkpoint: computed again, it has the same bits.
 */
final class FeatureStage {
  static final String FILE = "features.json";

  private final Session session;
  private final RunDirectory directory;
  private final RunListener listener;
  private final boolean alone;
  private final BooleanSupplier stop;

  /**
   * Prepares the stage.
   *
   * @param alone whether no other run has the same features: then the size curve is measured
   * @param stop checked after every batch
   */
  FeatureStage(
      Session session,
      RunDirectory directory,
      RunListener listener,
      boolean alone,
      BooleanSupplier stop) {
    this.session = session;
    this.directory = directory;
    this.listener = listener;
    this.alone = alone;
    this.stop = stop;
  }

  /**
   * Runs what the configuration asks for, if anything.
   *
   * @param fresh whether no checkpoint was found
   * @return the session to train
   * @throws CancellationException if it was stopped
   */
  Session run(boolean fresh) {
    RunConfig config = session.config();
    boolean suffice = FrozenFeatures.suffice(config, session.images());
    List<ImageSet> parts = FrozenFeatures.needed(config, session.images());
    if (parts.isEmpty() || !(fresh || suffice)) {
      return session;
    }
    long startNanos = System.nanoTime();
    FrozenFeatures features = session.features(parts, listener::onLoad, stop);
    features.notes().forEach(listener::onNote);
    if (fresh) {
      measureSizes(features);
    }
    if (!suffice) {
      try (features) {
        trainHead(features, startNanos);
      }
      return session;
    }
    if (fresh) {
      directory.writeJson(FILE, facts(features, startNanos));
    }
    return session.with(features);
  }

  private void measureSizes(FrozenFeatures features) {
    if (alone) {
      SizeCurveFile.write(directory, session, features, listener::onLoad, stop);
    }
  }

  private static ObjectNode facts(FrozenFeatures features, long startNanos) {
    ObjectNode facts = JsonMapper.shared().createObjectNode();
    return facts
        .put("computed", features.computed())
        .put("seconds", (System.nanoTime() - startNanos) / 1e9);
  }

  private void trainHead(FrozenFeatures features, long startNanos) {
    TrainConfig train = session.config().train();
    Session onFeatures = session.with(features);
    Lesson lesson = onFeatures.allClasses();
    Update update = update();
    int steps = session.training().stepsPerEpoch();
    LrSchedule schedule = LrSchedule.of(headOptimizer(), steps, train.headEpochs());
    for (int epoch = 0; epoch < train.headEpochs(); epoch++) {
      trainEpoch(update, lesson, schedule, epoch);
      listener.onLoad("training the head", epoch + 1L, train.headEpochs());
    }
    Feed validation = onFeatures.evaluation(session.split().validation());
    EvaluationResult reached =
        new Evaluator(session.network(), session.objective()).evaluate(validation);
    ObjectNode facts = facts(features, startNanos);
    facts.set("validation", Figures.summary(reached));
    directory.writeJson(FILE, facts.put("epochs", train.headEpochs()));
    listener.onNote(
        String.format(
            Locale.ROOT,
            "Head trained for %d epochs on features of the unchanged network: validation %.2f %%"
                + " after %.0f s.",
            train.headEpochs(),
            100 * reached.score(),
            facts.path("seconds").asDouble()));
  }

  private void trainEpoch(Update update, Lesson lesson, LrSchedule schedule, int epoch) {
    try (BatchStream batches = lesson.feed().batches().epoch(epoch, 0)) {
      int steps = lesson.feed().batches().stepsPerEpoch();
      for (int step = 0; batches.hasNext(); step++) {
        double rate = schedule.rate((long) epoch * steps + step);
        var unused = update.make(lesson, batches, epoch, step, rate);
        if (stop.getAsBoolean()) {
          throw new CancellationException("Training the head was stopped.");
        }
      }
    }
  }

  private OptimConfig headOptimizer() {
    return ConfigTree.of(session.config())
        .with(Recipe.HEAD)
        .with("optim.lrFactors", List.of())
        .with("optim.lrFactorsOf", "")
        .toConfig("The first stage")
        .optim();
  }

  private Update update() {
    Network network = session.network();
    var architecture = network.backbone().architecture();
    List<String> backbone = architecture.tensors().stream().map(TensorSpec::name).toList();
    Map<String, Tensor> head =
        network.store().parameters().entrySet().stream()
            .filter(entry -> !backbone.contains(entry.getKey()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    OptimConfig config = headOptimizer();
    return new Update(
        network,
        Optimizers.create(
            config, new ParameterRules(config, architecture, network.store().ownRates()), head),
        new Update.Rules(config.clipNorm(), 1, false, session.config().train().seed()),
        Optional.empty(),
        session.method().curve());
  }
}
