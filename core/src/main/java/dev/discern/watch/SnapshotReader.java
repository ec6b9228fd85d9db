package dev.discern.watch;

import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.run.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a run directory for the page. Files that do not exist yet become {@code null}.
 *
 * @param run the run directory
 */
record SnapshotReader(Path run) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The state of the run according to its files, or the reason why they cannot be read. */
  Snapshot read() {
    ObjectNode state = JSON.createObjectNode();
    ObjectNode progress = JSON.createObjectNode();
    state.put("run", run.toString());
    try {
      fill(RunDirectory.open(run), state, progress);
    } catch (RuntimeException e) {
      // Any failure is reported on the page; the next change of a file triggers another read.
      state.put("problem", String.valueOf(e.getMessage()));
    }
    return new Snapshot(JSON.writeValueAsString(state), JSON.writeValueAsString(progress));
  }

  private static void fill(RunDirectory directory, ObjectNode state, ObjectNode progress) {
    RunConfig config = directory.config();
    List<JsonNode> lines = directory.metrics();
    JsonNode step = file(directory, "progress.json");
    state.set("config", config(config).put("score", scoreOf(directory)));
    state.set("lines", JSON.valueToTree(lines));
    state.set("confusion", file(directory, "confusion.json"));
    state.set("result", result(file(directory, "result.json")));
    progress.set("progress", step);
    TimeLeft.seconds(config, lines, step)
        .ifPresent(seconds -> progress.put("secondsLeft", seconds));
  }

  private static JsonNode file(RunDirectory directory, String name) {
    return directory.readJson(name).orElse(NullNode.getInstance());
  }

  private static ObjectNode config(RunConfig config) {
    return JSON.createObjectNode()
        .put("data", config.data().source())
        .put("model", config.model().name())
        .put("compose", config.data().compose())
        .put("loss", config.method())
        .put("seed", config.train().seed())
        .put("epochs", config.train().epochs())
        .put("batchSize", config.train().batchSize());
  }

  private static String scoreOf(RunDirectory directory) {
    return directory.task() == Task.ONE_LABEL ? "top1" : "mAP";
  }

  // Omits what the page does not show, such as figures per class.
  private static JsonNode result(JsonNode all) {
    if (all.isNull()) {
      return all;
    }
    ObjectNode shown = JSON.createObjectNode();
    for (String name : List.of("last", "best", "secondsTotal")) {
      shown.set(name, all.path(name));
    }
    return shown;
  }
}
