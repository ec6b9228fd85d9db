package dev.discern.serve;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete response.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param headers further headers
 * @param body the content
 */
record Reply(int status, String type, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json";
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static Reply json(JsonNode content) {
    return new Reply(200, JSON, Map.of(), MAPPER.writeValueAsBytes(content));
  }

  static Reply text(String type, String content) {
    return new Reply(200, type, Map.of(), content.getBytes(StandardCharsets.UTF_8));
  }

  static Reply failure(HttpFailure failure) {
    byte[] body =
        MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("error", failure.sentence()));
    return new Reply(failure.status(), JSON, failure.headers(), body);
  }
}
