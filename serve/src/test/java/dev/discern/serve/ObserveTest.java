package dev.discern.serve;

import static dev.discern.serve.TestServer.error;
import static dev.discern.serve.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics, log, request IDs, token, and the description of the interface. */
class ObserveTest {
  private static final String CLASSIFY = "/v1/models/trees:classify";

  @TempDir Path folder;

  @Test
  void countsWhatItDoes() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      server.post(CLASSIFY, "image/png", new byte[] {1});
      server.post(CLASSIFY, "image/png", new byte[] {1});
      server.post(CLASSIFY, "image/png", new byte[] {99});
      server.get("/nothing");
      // A request is counted after its answer has been sent.
      String last = "discern_request_seconds_count{endpoint=\"none\",status=\"404\"} 1";
      Waiting.until(() -> server.get("/metrics").body().contains(last));
      Waiting.until(() -> server.get("/metrics").body().contains("discern_requests_open 1.0"));
      String text = server.get("/metrics").body();
      assertThat(text)
          .contains(
              "discern_answers_total{class=\"maple\",model=\"trees\"} 2.0",
              "discern_decode_failures_total{model=\"trees\"} 1.0",
              "discern_batch_size_count{model=\"trees\"} 2",
              "discern_batch_size_bucket{model=\"trees\",le=\"1.0\"} 2",
              "discern_queue_wait_seconds_count{model=\"trees\"} 3",
              "discern_request_seconds_count{endpoint=\"/v1/models/{model}:classify\",status=\"200\"} 2",
              "discern_request_seconds_count{endpoint=\"/v1/models/{model}:classify\",status=\"400\"} 1",
              last,
              "discern_queue_length 0.0",
              "discern_requests_open 1.0");
    }
  }

  @Test
  void logsALinePerRequest() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      server.send(
          server
              .posting(CLASSIFY + "?top=1", "image/png", new byte[] {1})
              .header("X-Request-Id", "mine-1"));
      Waiting.until(() -> server.log().size() == 2); // written after the answer has been sent
      HttpResponse<String> other =
          server.send(server.at("/nothing\u00e9").header("X-Request-Id", "not usable"));
      String id = other.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(id).matches("[0-9a-f]{16}");
      Waiting.until(() -> server.log().size() == 3);
      assertThat(server.log().get(0).path("event").asString()).isEqualTo("started");
      JsonNode first = server.log().get(1);
      assertThat(first.path("id").asString()).isEqualTo("mine-1");
      assertThat(first.path("path").asString()).isEqualTo(CLASSIFY);
      assertThat(first.path("status").asInt()).isEqualTo(200);
      assertThat(first.path("bytes").asInt()).isEqualTo(1);
      assertThat(first.path("images").asInt()).isEqualTo(1);
      assertThat(first.path("client").asString()).isEqualTo("127.0.0.1");
      JsonNode second = server.log().get(2);
      assertThat(second.path("id").asString()).isEqualTo(id);
      assertThat(second.path("status").asInt()).isEqualTo(404);
      assertThat(second.path("error").asString()).startsWith("There is nothing");
    }
  }

  @Test
  void asksForItsToken() throws IOException {
    try (TestServer server = TestServer.withToken(folder, "s3cret-token")) {
      for (String given : new String[] {"", "Bearer", "Bearer s3cret-toke", "Basic s3cret-token"}) {
        HttpRequest.Builder request = server.at("/v1/models");
        HttpResponse<String> refused =
            server.send(given.isEmpty() ? request : request.header("Authorization", given));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(error(refused)).contains("needs its token").doesNotContain("s3cret");
      }
      for (String path : new String[] {"/metrics", "/v2", "/v2/models/trees"}) {
        assertThat(server.get(path).statusCode()).isEqualTo(401);
      }
      assertThat(server.post(CLASSIFY, "image/png", new byte[] {1}).statusCode()).isEqualTo(401);
      for (String path : new String[] {"/", "/page.js", "/openapi.json", "/v2/health/ready"}) {
        assertThat(server.get(path).statusCode()).isEqualTo(200);
      }
      HttpResponse<String> admitted =
          server.send(server.at("/v1/models").header("Authorization", "bearer s3cret-token"));
      assertThat(admitted.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answersUnderLocalNamesOnly() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      String head = "GET /v1/models HTTP/1.1\r\nConnection: close\r\nHost: ";
      assertThat(RawHttp.exchange(server.port(), head + "evil.example\r\n\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(RawHttp.exchange(server.port(), head + "localhost:1\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void describesEveryRoute() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      JsonNode paths = json(server.get("/openapi.json")).path("paths");
      Set<String> described = new HashSet<>();
      paths
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .propertyNames()
                      .forEach(
                          method ->
                              described.add(
                                  method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      Set<String> routes = new HashSet<>(server.routes());
      routes.removeIf(route -> route.endsWith(".js") || route.endsWith(".css"));
      assertThat(described).isEqualTo(routes);
    }
  }

  @Test
  void letsThePageLoadNothingFromElsewhere() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      HttpResponse<String> page = server.get("/");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'")
          .doesNotContain("http", "*", "unsafe");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(JsonMapper.shared().readTree(server.get("/v2").body()).isObject()).isTrue();
    }
  }
}
