package dev.discern.report;

import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.run.FeatureSample;
import dev.discern.run.RunDirectory;
import dev.discern.run.TestPredictions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The content of a run directory, for a finished or unfinished run.
 *
 * @param entry the run
 * @param state {@code finished}, {@code diverged}, {@code unfinished} or {@code missing}
 * @param note the reason why the run is not finished, else empty
 * @param config the configuration of the run; empty if there is no run
 * @param environment {@code environment.json}, or a missing node
 * @param epochs the lines of {@code metrics.jsonl}
 * @param result {@code result.json}, or a missing node
 * @param predictions the predictions for the test images; empty if the run is not finished
 */
record RunRecord(
    Entry entry,
    String state,
    String note,
    Optional<RunConfig> config,
    JsonNode environment,
    List<JsonNode> epochs,
    JsonNode result,
    Optional<TestPredictions> predictions) {

  static RunRecord read(Entry entry) {
    Path path = entry.path();
    if (!Files.exists(path.resolve("config.yaml"))) {
      requireAbsent(path, "result.json", "config.yaml");
      return missing(entry);
    }
    RunDirectory run = RunDirectory.open(path);
    requireMethod(entry, run.config().method());
    JsonNode environment = run.readJson("environment.json").orElse(MissingNode.getInstance());
    Optional<JsonNode> result = run.readJson("result.json");
    if (result.isPresent()) {
      requireWhole(run, environment, result.get());
      TestPredictions predictions = TestPredictions.read(path, run.task());
      requireWhole(path, result.get(), predictions);
      return new RunRecord(
          entry,
          "finished",
          "",
          Optional.of(run.config()),
          environment,
          run.metrics(),
          result.get(),
          Optional.of(predictions));
    }
    Optional<JsonNode> diverged = run.readJson("diverged.json");
    String note =
        diverged
            .map(node -> node.path("message").asString())
            .orElse("Not finished after " + run.metrics().size() + " epochs.");
    return new RunRecord(
        entry,
        diverged.isPresent() ? "diverged" : "unfinished",
        note,
        Optional.of(run.config()),
        environment,
        run.metrics(),
        MissingNode.getInstance(),
        Optional.empty());
  }

  private static RunRecord missing(Entry entry) {
    return new RunRecord(
        entry,
        "missing",
        "The run was not started, because a control needs a finished run whose gain it follows.",
        Optional.empty(),
        MissingNode.getInstance(),
        List.of(),
        MissingNode.getInstance(),
        Optional.empty());
  }

  private static void requireMethod(Entry entry, String found) {
    if (!found.equals(entry.method())) {
      throw new WorkFailed(
          entry.path()
              + " should be a run of "
              + entry.method()
              + ", but its config.yaml is for "
              + found
              + ": restore that file, or move the run's folder aside and compare again.");
    }
  }

  private static void requireAbsent(Path path, String present, String lost) {
    if (Files.exists(path.resolve(present))) {
      throw new WorkFailed(
          path
              + " has "
              + present
              + " but no "
              + lost
              + ": restore that file, or leave the run out.");
    }
  }

  private static void requireWhole(RunDirectory run, JsonNode environment, JsonNode result) {
    if (environment.isMissingNode()) {
      requireAbsent(run.path(), "result.json", "environment.json");
    }
    int epochs = result.path("epochs").asInt();
    if (run.metrics().size() != epochs) {
      throw new WorkFailed(
          run.path()
              + " was trained for "
              + epochs
              + " epochs, but its metrics.jsonl has "
              + run.metrics().size()
              + " epochs: restore that file, or leave the run out.");
    }
  }

  private static void requireWhole(Path path, JsonNode result, TestPredictions predictions) {
    int tested = result.path("test").path("samples").asInt();
    if (tested != predictions.size()) {
      throw new WorkFailed(
          path.resolve(TestPredictions.FILE)
              + " has "
              + predictions.size()
              + " images, but result.json speaks of "
              + tested
              + ": one of them is cut. Move result.json aside and resume the run to rebuild both.");
    }
  }

  boolean isFinished() {
    return predictions.isPresent();
  }

  TestPredictions requirePredictions() {
    return predictions.orElseThrow();
  }

  /** The classes of each stage with their scores; a missing node for the plain schedule. */
  JsonNode stages() {
    Optional<JsonNode> file = RunDirectory.open(entry.path()).readJson("curriculum.json");
    boolean wanted = config.filter(c -> c.train().hasCurriculum()).isPresent();
    if (wanted && file.isEmpty()) {
      requireAbsent(entry.path(), "result.json", "curriculum.json");
    }
    return file.map(node -> node.path("stages")).orElse(MissingNode.getInstance());
  }

  FeatureSample features() {
    return FeatureSample.read(entry.path(), requirePredictions().size());
  }
}
