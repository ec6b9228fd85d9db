package dev.discern.serve;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an inference request: JSON, followed by the data of its inputs if the client uses the
 * binary tensor extension.
 *
 * <p>Source of the extension: https://github.com/triton-inference-server/server, docs/protocol/
 * extension_binary_data.md.
 */
final class InferParser {
  private static final Set<String> OUTPUTS = Set.of(InferReply.PROBABILITIES, InferReply.CLASS);

  private final Limits limits;
  private final byte[] body;

  private Optional<String> id = Optional.empty();
  private boolean binaryOutputs;
  private @Nullable Tensor input;
  private final List<Wanted> outputs = new ArrayList<>();

  /** What was read of an input. */
  private static final class Tensor {
    private String name = "";
    private String datatype = "";
    private final List<Long> shape = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<byte[]> files = new ArrayList<>();
    private boolean hasData;
    private int binarySize = -1;
  }

  /** What was read of an output; binary is null if the request's default applies. */
  private record Wanted(String name, @Nullable Boolean binary) {}

  private InferParser(byte[] body, Limits limits) {
    this.body = body;
    this.limits = limits;
  }

  /**
   * Reads a request.
   *
   * @param jsonLength the header {@code Inference-Header-Content-Length}, if any
   * @throws HttpFailure with 400 or 413 if it is wrong
   */
  static InferRequest parse(byte[] body, @Nullable String jsonLength, Limits limits) {
    int json = jsonLength == null ? body.length : jsonLength(jsonLength, body.length);
    InferParser parser = new InferParser(body, limits);
    Json.readObject(body, 0, json, parser::member);
    return parser.finish(json);
  }

  private static int jsonLength(String text, int bodyLength) {
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) <= bodyLength) {
      return Integer.parseInt(text);
    }
    throw new HttpFailure(
        400,
        "Inference-Header-Content-Length must be the length of the JSON, at most that of the body, "
            + bodyLength
            + ".");
  }

  private void member(String name, JsonParser parser) {
    switch (name) {
      case "id" -> id = Optional.of(Json.string(name, parser));
      case "inputs" -> Json.array(name, parser, () -> input(parser));
      case "outputs" -> Json.array(name, parser, () -> output(parser));
      case "parameters" ->
          Json.object(
              parser,
              (key, value) -> {
                if (key.equals("binary_data_output")) {
                  binaryOutputs = Json.bool(key, value);
                } else {
                  value.skipChildren();
                }
              });
      default ->
          throw new HttpFailure(400, "The request has an unknown member: see /openapi.json.");
    }
  }

  private void input(JsonParser parser) {
    if (input != null) {
      throw oneInput();
    }
    Tensor tensor = new Tensor();
    input = tensor;
    Json.object(parser, (name, value) -> inputMember(tensor, name, value));
  }

  private static HttpFailure oneInput() {
    return new HttpFailure(400, "The request must have one input: \"images\" or \"encoded\".");
  }

  private void inputMember(Tensor tensor, String name, JsonParser parser) {
    switch (name) {
      case "name" -> tensor.name = Json.string(name, parser);
      case "datatype" -> tensor.datatype = Json.string(name, parser);
      case "shape" ->
          Json.array(
              name,
              parser,
              () -> {
                tensor.shape.add((long) Json.whole(name, parser, 0, Integer.MAX_VALUE));
                if (tensor.shape.size() > 4) {
                  throw new HttpFailure(400, "\"shape\" must have at most 4 sizes.");
                }
              });
      case "data" -> {
        tensor.hasData = true;
        Json.array(name, parser, () -> element(tensor, parser));
      }
      case "parameters" -> Json.object(parser, (key, value) -> inputParameter(tensor, key, value));
      default -> throw new HttpFailure(400, "An input has an unknown member: see /openapi.json.");
    }
  }

  private void inputParameter(Tensor tensor, String name, JsonParser parser) {
    if (name.equals("binary_data_size")) {
      tensor.binarySize = Json.whole(name, parser, 0, body.length);
    } else if (name.startsWith("shared_memory")) {
      throw new HttpFailure(400, "Shared memory is not supported: send the data in the request.");
    } else {
      parser.skipChildren();
    }
  }

  // Data may be flat or nested by the shape.
  private void element(Tensor tensor, JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      Json.array("data", parser, () -> element(tensor, parser));
    } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
      if (tensor.files.size() == limits.maxImages()) {
        throw new HttpFailure(
            413,
            "The request has more than " + limits.maxImages() + " images: send several requests.");
      }
      tensor.files.add(Json.base64("data", parser));
    } else {
      tensor.bytes.write(Json.whole("data", parser, 0, 255));
    }
  }

  private void output(JsonParser parser) {
    String[] name = {""};
    Boolean[] binary = {null};
    Json.object(
        parser,
        (member, value) -> {
          if (member.equals("name")) {
            name[0] = Json.string(member, value);
          } else if (member.equals("parameters")) {
            Json.object(value, (key, each) -> binary[0] = outputParameter(key, each, binary[0]));
          } else {
            throw new HttpFailure(400, "An output has an unknown member: see /openapi.json.");
          }
        });
    if (!OUTPUTS.contains(name[0]) || outputs.stream().anyMatch(o -> o.name().equals(name[0]))) {
      throw new HttpFailure(
          400, "The outputs are \"probabilities\" and \"class\", each at most once.");
    }
    outputs.add(new Wanted(name[0], binary[0]));
  }

  private static @Nullable Boolean outputParameter(
      String name, JsonParser parser, @Nullable Boolean before) {
    if (name.equals("binary_data")) {
      return Json.bool(name, parser);
    } else if (name.equals("classification") || name.startsWith("shared_memory")) {
      throw new HttpFailure(
          400,
          "The parameter " + name + " is not supported: ask for \"probabilities\" as they are.");
    }
    parser.skipChildren();
    return before;
  }

  private InferRequest finish(int jsonLength) {
    Tensor tensor = input;
    if (tensor == null) {
      throw oneInput();
    }
    boolean binary = tensor.binarySize >= 0;
    int rest = body.length - jsonLength;
    if (binary == tensor.hasData) {
      throw new HttpFailure(
          400, "The input must have either \"data\", or \"binary_data_size\" and binary data.");
    }
    if (rest != Math.max(0, tensor.binarySize)) {
      throw new HttpFailure(
          400,
          "The body has "
              + rest
              + " bytes after its JSON, but \"binary_data_size\" announces "
              + Math.max(0, tensor.binarySize)
              + ".");
    }
    InferInput sent =
        new InferInput(
            tensor.name,
            tensor.datatype,
            tensor.shape.stream().mapToLong(Long::longValue).toArray(),
            binary ? Arrays.copyOfRange(body, jsonLength, body.length) : tensor.bytes.toByteArray(),
            tensor.files,
            binary);
    return new InferRequest(id, sent.images(limits), outputs());
  }

  private List<InferRequest.Output> outputs() {
    if (outputs.isEmpty()) {
      return List.of(
          new InferRequest.Output(InferReply.PROBABILITIES, binaryOutputs),
          new InferRequest.Output(InferReply.CLASS, binaryOutputs));
    }
    return outputs.stream()
        .map(
            each -> {
              Boolean binary = each.binary();
              return new InferRequest.Output(each.name(), binary == null ? binaryOutputs : binary);
            })
        .toList();
  }
}
