package dev.discern.run;

import dev.discern.config.TrainConfig;
import dev.discern.train.Progress;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a run before its last epoch, because no epoch was better for long enough.
 *
 * @param epoch the last epoch
 * @param bestEpoch the best one by validation
 * @param epochs the epochs that the run might have had
 */
record EarlyStop(int epoch, int bestEpoch, int epochs) {
  /** Empty for a run that trained all of its epochs. */
  static Optional<EarlyStop> of(TrainConfig config, Progress end) {
    return end.epoch() < config.epochs()
        ? Optional.of(new EarlyStop(end.epoch(), end.best().epoch(), config.epochs()))
        : Optional.empty();
  }

  /** One sentence. */
  String words() {
    return "Stopped after epoch "
        + epoch
        + " of "
        + epochs
        + ": no epoch since "
        + bestEpoch
        + " was better on the validation images.";
  }

  JsonNode facts() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("epoch", epoch)
        .put("bestEpoch", bestEpoch)
        .put("epochs", epochs)
        .put("reason", words());
  }
}
