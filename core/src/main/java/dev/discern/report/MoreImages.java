package dev.discern.report;

import dev.discern.run.RunDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether more training images would help, in words, from a run's {@code size-curve.json}. */
final class MoreImages {
  private static final String FILE = "size-curve.json";
  // Gains below are called none; and if all of the interval is below, more images hardly help.
  private static final double LEAST = 0.001;
  private static final double HARDLY = 0.005;

  private MoreImages() {}

  /** The file of the first run that has one, with a sentence. */
  static Optional<ObjectNode> of(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.finished().stream())
        .flatMap(run -> RunDirectory.open(run.entry().path()).readJson(FILE).stream())
        .findFirst()
        .map(file -> ((ObjectNode) file.deepCopy()).put("sentence", sentence(file)));
  }

  /** A careful conclusion: a gain is claimed only if the fitted form foretold the last step. */
  static String sentence(JsonNode file) {
    JsonNode doubling = file.path("doubling");
    if (doubling.isMissingNode()) {
      return "There are too few images of each class to tell whether more would help.";
    }
    double low = doubling.path("low").asDouble();
    double high = doubling.path("high").asDouble();
    if (!doubling.path("supported").asBoolean()) {
      return String.format(
          Locale.ROOT,
          "It is unclear whether more images would help: by the smaller sizes, the last step should"
              + " have brought %s points, but it brought %s.",
          points(doubling.path("lastForetold").asDouble()),
          points(doubling.path("lastGain").asDouble()));
    }
    if (high < HARDLY) {
      return String.format(
          Locale.ROOT,
          "More images like these would hardly help: twice as many bring %s points at most"
              + " (the upper end of a 95 %% interval).",
          points(high));
    }
    return String.format(
        Locale.ROOT,
        low < LEAST
            ? "It is unclear whether more images would help: twice as many bring %2$s to %3$s points"
                + " (95 %% interval)."
            : "Twice as many images like these: about %1$s points (95 %% interval %2$s to %3$s).",
        points(doubling.path("gain").asDouble()),
        points(low),
        points(high));
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share).replace('-', '\u2212');
  }
}
