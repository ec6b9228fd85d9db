package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.TrainConfig;
import dev.discern.torch.Devices;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import dev.discern.train.Network;
import dev.discern.train.PrecisionTrial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The precisions of a run, in its {@code environment.json}: results depend on them bit by bit, so a
 * run keeps those it began with.
 */
final class RecordedPrecision {
  static final String KEY = "precision";
  private static final String ENVIRONMENT = "environment.json";

  private RecordedPrecision() {}

  /**
   * The network of a run with its precisions: those that were recorded, or for {@code auto} the
   * fastest.
   *
   * @param network the network with the precisions that the configuration names
   * @param card its card
   * @param config the configuration
   * @param run the run's directory; need not exist yet
   */
  static Network settled(Network network, ModelCard card, TrainConfig config, Path run) {
    Optional<Precisions> recorded = of(run);
    if (recorded.isPresent()) {
      return network.with(recorded.get());
    }
    // Earlier versions recorded none, and used what auto names without a trial.
    boolean isNew = !Files.exists(run.resolve(ENVIRONMENT));
    return isNew && config.precision().equals("auto")
        ? PrecisionTrial.settled(network, card.architecture(), Optional.of(config.batchSize()))
        : network;
  }

  /**
   * The precisions that a run recorded.
   *
   * @param run its directory
   * @return empty if there are none
   */
  static Optional<Precisions> of(Path run) {
    if (!Files.isRegularFile(run.resolve(ENVIRONMENT))) {
      return Optional.empty();
    }
    return RunDirectory.open(run)
        .readJson(ENVIRONMENT)
        .map(facts -> facts.path(KEY))
        .filter(JsonNode::isObject)
        .flatMap(RecordedPrecision::parsed);
  }

  /**
   * The precision in which a run measured itself, to repeat its figures.
   *
   * @param run its directory
   * @param config its configuration
   * @param device where to repeat them
   * @return {@code fp32} or {@code bf16}
   */
  static String inference(Path run, TrainConfig config, String device) {
    return name(
        of(run)
            .map(Precisions::inference)
            .orElseGet(() -> Precision.choose(config.precision(), Devices.of(device))));
  }

  private static Optional<Precisions> parsed(JsonNode node) {
    return named(node.path("training").asString(""))
        .flatMap(
            training ->
                named(node.path("inference").asString(""))
                    .map(inference -> new Precisions(training, inference)));
  }

  private static Optional<Precision> named(String name) {
    for (Precision each : Precision.values()) {
      if (name(each).equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * The facts to record.
   *
   * @param precisions of the run's network
   */
  static Map<String, String> facts(Precisions precisions) {
    return Map.of(
        "training", name(precisions.training()), "inference", name(precisions.inference()));
  }

  /** The name of a precision in files. */
  static String name(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}
