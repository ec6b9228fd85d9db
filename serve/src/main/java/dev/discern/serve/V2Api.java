package dev.discern.serve;

import dev.discern.runtime.Card;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Open Inference Protocol, version 2: what the server and its models are, and whether they are
 * ready.
 *
 * <p>Source: https://github.com/kserve/open-inference-protocol, specification/protocol/
 * inference_rest.md.
 */
final class V2Api {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Models models;
  private final BooleanSupplier closing;

  /**
   * Creates the endpoints.
   *
   * @param closing whether the server no longer wants requests
   */
  V2Api(Models models, BooleanSupplier closing) {
    this.models = models;
    this.closing = closing;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v2", this::server),
        Route.get("/v2/health/live", call -> reply(object().put("live", true))).open(),
        Route.get("/v2/health/ready", this::ready).open(),
        Route.get("/v2/models/{model}", this::model),
        Route.get("/v2/models/{model}/ready", this::modelReady));
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static CompletionStage<Reply> reply(ObjectNode content) {
    return CompletableFuture.completedFuture(Reply.json(content));
  }

  private CompletionStage<Reply> server(Call call) {
    String version = V2Api.class.getPackage().getImplementationVersion();
    ObjectNode node =
        object().put("name", "discern").put("version", version == null ? "development" : version);
    node.putArray("extensions").add("binary_tensor_data");
    return reply(node);
  }

  private CompletionStage<Reply> ready(Call call) {
    requireOpen();
    return reply(object().put("ready", true));
  }

  private void requireOpen() {
    if (closing.getAsBoolean()) {
      throw new HttpFailure(503, "The server is shutting down: use another one.");
    }
  }

  private CompletionStage<Reply> modelReady(Call call) {
    ModelSlot slot = models.named(call.model());
    requireOpen();
    return reply(object().put("name", slot.name()).put("ready", true));
  }

  private CompletionStage<Reply> model(Call call) {
    ModelSlot slot = models.named(call.model());
    Card card = slot.card();
    ObjectNode node = object().put("name", slot.name());
    node.putArray("versions").add(InferReply.VERSION);
    node.put("platform", "discern");
    ArrayNode inputs = node.putArray("inputs");
    tensor(inputs, InferRequest.IMAGES, "UINT8", -1, -1, -1, 3);
    tensor(inputs, InferRequest.ENCODED, "BYTES", -1);
    ArrayNode outputs = node.putArray("outputs");
    tensor(outputs, InferReply.PROBABILITIES, "FP32", -1, card.classes().size());
    tensor(outputs, InferReply.CLASS, "BYTES", -1);
    return reply(node);
  }

  private static void tensor(ArrayNode list, String name, String datatype, int... shape) {
    ObjectNode node = list.addObject().put("name", name).put("datatype", datatype);
    ArrayNode sizes = node.putArray("shape");
    for (int size : shape) {
      sizes.add(size);
    }
  }
}
