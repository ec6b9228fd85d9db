package dev.discern.serve;

import static dev.discern.serve.TestServer.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are not what they should be, down to the socket. */
class MalformedTest {
  private static final String POST =
      "POST /v1/models/trees:classify HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    assertThat(server.post("/v1/models/trees:classify", "image/png", new byte[] {1}).statusCode())
        .isEqualTo(200);
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404, There is nothing at this path",
    "GET, /v1/models/a/b, 404, There is nothing at this path",
    "GET, /../etc/passwd, 400, error",
    "GET, /v1/models/%2e%2e%2fpasswd, 400, error",
    "PUT, /v1/models, 405, This path supports GET only.",
    "GET, /v1/models/trees:classify, 405, This path supports POST only.",
    "DELETE, /, 405, This path supports GET only.",
    "POST, /metrics, 405, This path supports GET only.",
    "BREW, /v1/models, 405, This path supports GET only.",
  })
  void refusesOtherPathsAndMethods(String method, String path, int status, String reason)
      throws IOException {
    String answer =
        RawHttp.exchange(
            server.port(),
            method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"error\":\"", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'nonsense'",
    "'GET / HTTP/9.9'",
    "'GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: 1'",
    "'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1'",
    "'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2'",
    "'GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3'",
    "'GET / HTTP/1.1'",
  })
  void refusesWhatIsNoHttp(String head) throws IOException {
    String answer = RawHttp.exchange(server.port(), head + "\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|505) ").contains("{\"error\":\"");
  }

  @Test
  void refusesABadChunk() throws IOException {
    String answer =
        RawHttp.exchange(
            server.port(), POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"error\":\"");
  }

  @Test
  void readsChunks() throws IOException {
    String answer =
        RawHttp.exchange(
            server.port(),
            POST + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n\1\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("maple");
  }

  @Test
  void refusesABodyThatIsTooLong() {
    HttpResponse<String> answer =
        server.post("/v1/models/trees:classify", "image/png", new byte[500_000]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer))
        .isEqualTo("The body is longer than 10000 bytes: send smaller or fewer images.");
  }

  @Test
  void refusesChunksThatAreTooLong() throws IOException {
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    String answer =
        RawHttp.exchange(
            server.port(),
            POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(9) + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("longer than 10000 bytes");
  }

  @Test
  void doesNotInviteABodyThatItRefuses() throws IOException {
    try (Socket socket = RawHttp.connect(server.port())) {
      RawHttp.send(socket, POST + "Expect: 100-continue\r\nContent-Length: 99999\r\n\r\n");
      assertThat(RawHttp.rest(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void invitesABodyThatItTakes() throws IOException {
    try (Socket socket = RawHttp.connect(server.port())) {
      RawHttp.send(
          socket, POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 1\r\n\r\n");
      byte[] interim = socket.getInputStream().readNBytes(25);
      assertThat(new String(interim, UTF_8)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      RawHttp.send(socket, "\2");
      assertThat(RawHttp.rest(socket)).startsWith("HTTP/1.1 200").contains("beech");
    }
  }

  @Test
  void refusesABodyThatEndsEarly() throws IOException {
    String answer = RawHttp.exchange(server.port(), POST + "Content-Length: 100\r\n\r\nabc");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"error\":\"The body ended");
  }

  @Test
  void refusesCompression() {
    HttpResponse<String> answer =
        server.send(
            server
                .posting("/v1/models/trees:classify", "image/png", new byte[] {1})
                .header("Content-Encoding", "gzip"));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void doesNotWaitForSlowClients() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = RawHttp.connect(server.port());
      RawHttp.send(socket, POST + "Content-Length: 100\r\n\r\na");
      slow.add(socket);
    }
    // More than there are threads; others are answered at once nevertheless.
    HttpResponse<String> other =
        server.send(
            server
                .posting("/v1/models/trees:classify", "image/png", new byte[] {1})
                .timeout(Duration.ofSeconds(2)));
    assertThat(other.statusCode()).isEqualTo(200);
    for (Socket socket : slow) {
      assertThat(RawHttp.rest(socket))
          .startsWith("HTTP/1.1 408")
          .contains("The body did not arrive within 2 seconds");
    }
  }

  @Test
  void forgetsDroppedConnections() throws IOException {
    server.trees.hold();
    for (int i = 0; i < 3; i++) {
      try (Socket socket = RawHttp.connect(server.port())) {
        RawHttp.send(socket, POST + "Content-Length: 1\r\n\r\n\1");
      }
      try (Socket socket = RawHttp.connect(server.port())) {
        RawHttp.send(socket, POST + "Content-Length: 10\r\n\r\n\1");
      }
    }
    server.trees.letGo();
    Waiting.until(() -> metric("discern_requests_open").equals("1.0"));
    assertThat(metric("discern_queue_length")).isEqualTo("0.0");
  }

  private String metric(String name) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
