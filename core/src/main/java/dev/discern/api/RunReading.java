package dev.discern.api;

import dev.discern.config.Task;
import dev.discern.run.RunDirectory;
import dev.discern.stats.Proportion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** Reads the files of a run into records. */
final class RunReading {
  private RunReading() {}

  static Run of(RunDirectory directory) {
    Task task = directory.task();
    return new Run(
        directory.path(),
        directory.metrics().stream().map(line -> epoch(line, task)).toList(),
        directory.readJson("result.json").map(node -> result(node, task)));
  }

  private static String score(Task task) {
    return task == Task.ONE_LABEL ? "top1" : "mAP";
  }

  private static Run.Epoch epoch(JsonNode line, Task task) {
    JsonNode validation = line.path("validation");
    return new Run.Epoch(
        line.path("epoch").asInt(),
        line.path("lr").asDouble(),
        line.path("train").path("loss").asDouble(),
        validation.path("loss").asDouble(),
        validation.path(score(task)).asDouble(0),
        line.path("seconds").asDouble());
  }

  private static Result result(JsonNode node, Task task) {
    return new Result(
        node.path("method").asString(),
        node.path("epochs").asInt(),
        node.path("best").path("epoch").asInt(),
        score(node.path("last").path("test"), task),
        score(node.path("best").path("test"), task),
        classes(node.path("test").path("perClass")),
        confused(node.path("mostConfused")),
        node.path("secondsTotal").asDouble());
  }

  private static Score score(JsonNode test, Task task) {
    long images = test.path("samples").asLong();
    double value = test.path(score(task)).asDouble(0);
    return new Score(score(task), value, interval(value, images, task), images);
  }

  private static Optional<Interval> interval(double share, long images, Task task) {
    if (task != Task.ONE_LABEL || images == 0) {
      return Optional.empty();
    }
    var interval = new Proportion(Math.round(share * images), images).interval();
    return Optional.of(new Interval(interval.low(), interval.high()));
  }

  private static List<Result.ClassResult> classes(JsonNode nodes) {
    return nodes
        .valueStream()
        .map(
            each ->
                new Result.ClassResult(
                    each.path("name").asString(),
                    each.path("support").asLong(),
                    each.path("predicted").asLong(),
                    number(each.path("precision")),
                    number(each.path("recall")),
                    number(each.path("f1"))))
        .toList();
  }

  private static List<Result.ConfusedClasses> confused(JsonNode nodes) {
    return nodes
        .valueStream()
        .map(
            pair ->
                new Result.ConfusedClasses(
                    pair.path("a").asString(),
                    pair.path("b").asString(),
                    pair.path("aAsB").asLong(),
                    pair.path("bAsA").asLong()))
        .toList();
  }

  /** A number, or nothing where the file has null or lacks the key. */
  static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }
}
