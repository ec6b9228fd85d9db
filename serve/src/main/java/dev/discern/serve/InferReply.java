package dev.discern.serve;

import dev.discern.runtime.Prediction;
import dev.discern.runtime.Prediction.ClassProbability;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to an {@link InferRequest}: JSON, followed by the outputs wanted in binary. */
final class InferReply {
  /** The output of probabilities: FP32, {@code [n, classes]}, in the model's order. */
  static final String PROBABILITIES = "probabilities";

  /** The output of the likeliest class: BYTES, {@code [n]}. */
  static final String CLASS = "class";

  /** The only version of a model. */
  static final String VERSION = "1";

  /** The length of the JSON that precedes binary data. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final JsonMapper JSON = JsonMapper.shared();

  private InferReply() {}

  static Reply of(String model, InferRequest request, List<Prediction> answers) {
    ObjectNode node =
        JSON.createObjectNode().put("model_name", model).put("model_version", VERSION);
    request.id().ifPresent(id -> node.put("id", id));
    ArrayNode outputs = node.putArray("outputs");
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    for (InferRequest.Output wanted : request.outputs()) {
      ObjectNode output = outputs.addObject().put("name", wanted.name());
      boolean probabilities = wanted.name().equals(PROBABILITIES);
      output.put("datatype", probabilities ? "FP32" : "BYTES");
      ArrayNode shape = output.putArray("shape").add(answers.size());
      if (probabilities) {
        shape.add(answers.get(0).ranking().size());
      }
      if (wanted.binary()) {
        byte[] bytes = probabilities ? floats(answers) : names(answers);
        output.putObject("parameters").put("binary_data_size", bytes.length);
        binary.writeBytes(bytes);
      } else {
        ArrayNode data = output.putArray("data");
        if (probabilities) {
          answers.forEach(each -> addAll(data, inOrder(each)));
        } else {
          answers.forEach(each -> data.add(each.className()));
        }
      }
    }
    return reply(JSON.writeValueAsBytes(node), binary);
  }

  private static void addAll(ArrayNode data, float[] values) {
    for (float value : values) {
      data.add(value);
    }
  }

  private static Reply reply(byte[] json, ByteArrayOutputStream binary) {
    if (binary.size() == 0) {
      return new Reply(200, Reply.JSON, Map.of(), json);
    }
    ByteBuffer all = ByteBuffer.allocate(json.length + binary.size());
    all.put(json).put(binary.toByteArray());
    return new Reply(
        200,
        "application/octet-stream",
        Map.of(JSON_LENGTH, Integer.toString(json.length)),
        all.array());
  }

  private static float[] inOrder(Prediction prediction) {
    float[] values = new float[prediction.ranking().size()];
    for (ClassProbability each : prediction.ranking()) {
      values[each.index()] = (float) each.probability();
    }
    return values;
  }

  private static byte[] floats(List<Prediction> answers) {
    int classes = answers.get(0).ranking().size();
    byte[] bytes = new byte[4 * classes * answers.size()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (Prediction answer : answers) {
      for (float value : inOrder(answer)) {
        buffer.putFloat(value);
      }
    }
    return bytes;
  }

  private static byte[] names(List<Prediction> answers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Prediction answer : answers) {
      byte[] name = answer.className().getBytes(StandardCharsets.UTF_8);
      byte[] length = new byte[4];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putInt(name.length);
      all.writeBytes(length);
      all.writeBytes(name);
    }
    return all.toByteArray();
  }
}
