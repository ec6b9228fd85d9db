package dev.discern.serve;

import dev.discern.runtime.Card;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    Card card = slot.card();
    ModelSlot.State state = slot.state();
    ObjectNode node = JSON.createObjectNode().put("name", slot.name());
    ArrayNode classes = node.putArray("classes");
    card.classes().forEach(classes::add);
    node.put("severalLabels", card.task() == Card.Task.SEVERAL_LABELS)
        .put("calibrated", card.conformity().isPresent())
        .put("loadedAt", state.loadedAt().toString())
        .put("reloads", state.reloads())
        .put("problem", state.problem().isEmpty() ? null : state.problem());
    node.put("architecture", card.architecture()).put("method", card.method());
    ObjectNode provenance = node.putObject("provenance");
    new TreeMap<>(card.provenance()).forEach(provenance::put);
    return node;
  }
}
