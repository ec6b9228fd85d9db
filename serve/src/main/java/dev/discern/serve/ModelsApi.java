package dev.discern.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models}: what is served. */
final class ModelsApi {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Models models;

  ModelsApi(Models models) {
    this.models = models;
  }

  CompletionStage<Reply> all(Call call) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode list = node.putArray("models");
    models.all().forEach(slot -> list.add(describe(slot)));
    return CompletableFuture.completedFuture(Reply.json(node));
  }

  CompletionStage<Reply> one(Call call) {
    return CompletableFuture.completedFuture(Reply.json(describe(models.named(call.model()))));
  }

  private static ObjectNode describe(ModelSlot slot) {
    ModelInfo info = slot.info();
    ModelSlot.State state = slot.state();
    ObjectNode node = JSON.createObjectNode().put("name", slot.name());
    ArrayNode classes = node.putArray("classes");
    info.classes().forEach(classes::add);
    node.put("severalLabels", info.severalLabels())
        .put("calibrated", info.calibrated())
        .put("loadedAt", state.loadedAt().toString())
        .put("reloads", state.reloads())
        .put("problem", state.problem().isEmpty() ? null : state.problem());
    ObjectNode about = node.putObject("about");
    new TreeMap<>(info.about()).forEach(about::put);
    return node;
  }
}
