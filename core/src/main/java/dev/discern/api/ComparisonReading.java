package dev.discern.api;

import dev.discern.api.ComparisonResult.Difference;
import dev.discern.api.ComparisonResult.Finding;
import dev.discern.api.ComparisonResult.MethodResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** Reads {@code results.json} into records. */
final class ComparisonReading {
  private ComparisonReading() {}

  static ComparisonResult of(Path folder, JsonNode results) {
    String score = results.path("setting").path("score").asString();
    JsonNode verdict = results.path("verdict");
    return new ComparisonResult(
        folder,
        Optional.of(verdict.path("headline").asString()),
        verdict.path("warnings").valueStream().map(JsonNode::asString).toList(),
        results.path("methods").valueStream().map(node -> method(node, score)).toList(),
        results.path("pairs").valueStream().map(node -> difference(node, score)).toList());
  }

  private static MethodResult method(JsonNode node, String score) {
    JsonNode figures = node.path("figures").path(score);
    List<Path> directories =
        node.path("runs").valueStream().map(run -> Path.of(run.path("path").asString())).toList();
    return new MethodResult(
        node.path("name").asString(),
        node.path("control").asBoolean(),
        figures.path("n").asInt(0),
        RunReading.number(figures.path("mean")),
        RunReading.number(figures.path("sd")),
        interval(figures),
        directories);
  }

  private static Difference difference(JsonNode pair, String score) {
    JsonNode figures = pair.path(score);
    double mean = figures.path("difference").asDouble();
    OptionalDouble p = RunReading.number(figures.path("holm"));
    return new Difference(
        pair.path("a").asString(),
        pair.path("b").asString(),
        pair.path("n").asInt(),
        mean,
        interval(figures),
        p,
        RunReading.number(figures.path("detectable")),
        finding(pair.path("verdict").asString()),
        pair.path("sentence").asString());
  }

  private static Finding finding(String words) {
    return switch (words) {
      case "better" -> Finding.BETTER;
      case "worse" -> Finding.WORSE;
      case "no difference detected" -> Finding.UNDETECTED;
      default -> Finding.UNTESTED;
    };
  }

  private static Optional<Interval> interval(JsonNode node) {
    return node.path("low").isNumber() && node.path("high").isNumber()
        ? Optional.of(new Interval(node.path("low").asDouble(), node.path("high").asDouble()))
        : Optional.empty();
  }
}
