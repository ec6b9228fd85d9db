package dev.discern.watch;

import dev.discern.config.RunConfig;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** Estimates the remaining time of a run from its recent speed. */
final class TimeLeft {
  private static final int LATE_EPOCHS = 5;

  private TimeLeft() {}

  /**
   * Estimates the time to the end of the last epoch.
   *
   * @param config the configuration, with the number of epochs and the batch size
   * @param lines the lines of {@code metrics.jsonl}
   * @param progress the content of {@code progress.json}; a null or missing node if there is none
   * @return the time in seconds; empty while it cannot be estimated
   */
  static OptionalDouble seconds(RunConfig config, List<JsonNode> lines, JsonNode progress) {
    double done = lines.size();
    int stepsPerEpoch = progress.path("stepsPerEpoch").asInt(0);
    if (progress.path("epoch").asInt(0) == lines.size() + 1 && stepsPerEpoch > 0) {
      done += progress.path("step").asDouble(0) / stepsPerEpoch;
    }
    double epochSeconds =
        lines.isEmpty()
            ? (double) stepsPerEpoch
                * config.imagesPerStep()
                / progress.path("imagesPerSecond").asDouble(0)
            : lateMean(lines);
    return epochSeconds > 0 && Double.isFinite(epochSeconds)
        ? OptionalDouble.of(Math.max(0, config.train().epochs() - done) * epochSeconds)
        : OptionalDouble.empty();
  }

  private static double lateMean(List<JsonNode> lines) {
    return lines.subList(Math.max(0, lines.size() - LATE_EPOCHS), lines.size()).stream()
        .mapToDouble(line -> line.path("seconds").asDouble(0))
        .average()
        .orElse(0);
  }
}
