package dev.discern.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The server, over HTTP, while the files of a run change below it. */
@Timeout(60)
class WatchServerTest {
  @TempDir Path folder;
  private RunOnDisk run;
  private WatchServer server;

  @BeforeEach
  void serve() {
    run = RunOnDisk.create(folder.resolve("run"));
    server = WatchServer.start(run.path(), 0, 200);
  }

  @AfterEach
  void end() {
    server.close();
    run.close();
  }

  @Test
  void aClientFirstGetsEverything() throws Exception {
    run.progress("training", 2, 5);
    run.confusion(1, new String[] {"a", "b"}, new int[][] {{0, 0, 3}, {0, 1, 2}});
    run.epoch(1);
    try (SseClient client = new SseClient(server.address())) {
      JsonNode state = client.await("state", s -> s.path("lines").size() == 1);
      assertThat(state.path("run").asString()).isEqualTo(run.path().toString());
      assertThat(state.path("config").path("epochs").asInt()).isEqualTo(RunOnDisk.EPOCHS);
      assertThat(state.path("config").path("data").asString()).isEqualTo("digits");
      assertThat(state.path("lines").get(0).path("validation").path("top1").asDouble())
          .isEqualTo(0.1);
      assertThat(state.path("confusion").path("cells").get(1).get(2).asInt()).isEqualTo(2);
      assertThat(state.path("result").isNull()).isTrue();
      JsonNode progress = client.await("progress", p -> true);
      assertThat(progress.path("progress").path("step").asInt()).isEqualTo(5);
      // Two seconds an epoch; 1.25 of 8 are done.
      assertThat(progress.path("secondsLeft").asDouble()).isEqualTo(6.75 * 2);
    }
  }

  @Test
  void aRunWithoutAStepIsWaitedFor() throws Exception {
    try (SseClient client = new SseClient(server.address())) {
      JsonNode state = client.await("state", s -> true);
      assertThat(state.path("lines").size()).isZero();
      assertThat(state.path("confusion").isNull()).isTrue();
      assertThat(client.await("progress", p -> true).path("progress").isNull()).isTrue();
      run.epoch(1);
      client.await("state", s -> s.path("lines").size() == 1);
    }
  }

  @Test
  void newsReachEveryClient() throws Exception {
    try (SseClient one = new SseClient(server.address());
        SseClient other = new SseClient(server.address())) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        int lines = epoch;
        run.epoch(epoch);
        one.await("state", s -> s.path("lines").size() == lines);
        other.await("state", s -> s.path("lines").size() == lines);
      }
      run.progress("training", 4, 7);
      one.await("progress", p -> p.path("progress").path("step").asInt(0) == 7);
      other.await("progress", p -> p.path("progress").path("step").asInt(0) == 7);
      run.result();
      JsonNode result = one.await("state", s -> s.path("result").isObject()).path("result");
      assertThat(result.path("last").path("test").path("top1").asDouble()).isEqualTo(0.9625);
      assertThat(result.has("test")).isFalse();
    }
  }

  @Test
  void aStepSendsNoEpochsAgain() throws Exception {
    run.epoch(1);
    try (SseClient client = new SseClient(server.address())) {
      client.await("state", s -> s.path("lines").size() == 1);
      client.await("progress", p -> true);
      run.progress("training", 2, 1);
      List<String> names = new ArrayList<>();
      do {
        names.add(client.nextName());
      } while (!names.contains("progress"));
      assertThat(names).doesNotContain("state");
    }
  }

  @Test
  void aRunThatIsResumedFromAnEarlierEpochIsShownSo() throws Exception {
    run.epoch(1);
    run.epoch(2);
    try (SseClient client = new SseClient(server.address())) {
      client.await("state", s -> s.path("lines").size() == 2);
      run.dropEpochsAfter(1);
      client.await("state", s -> s.path("lines").size() == 1);
      run.epoch(2);
      client.await("state", s -> s.path("lines").size() == 2);
    }
  }

  @Test
  void aRunThatIsDeletedIsToldAndFoundAgain() throws Exception {
    try (SseClient client = new SseClient(server.address())) {
      client.await("state", s -> s.path("problem").isMissingNode());
      delete(run.path());
      JsonNode gone = client.await("state", s -> s.has("problem"));
      assertThat(gone.path("problem").asString()).contains("There is no run " + run.path());
      RunOnDisk again = RunOnDisk.create(run.path());
      again.epoch(1);
      client.await("state", s -> s.path("lines").size() == 1);
      again.close();
    }
  }

  @Test
  void aClientThatReconnectsToANewServerGetsEverything() throws Exception {
    run.epoch(1);
    URI address = server.address();
    try (SseClient client = new SseClient(address)) {
      client.await("state", s -> s.path("lines").size() == 1);
      server.close();
      client.await("end", e -> true);
    }
    run.epoch(2);
    server = WatchServer.start(run.path(), address.getPort(), 200);
    try (SseClient client = new SseClient(address)) {
      client.await("state", s -> s.path("lines").size() == 2);
    }
  }

  @Test
  void clientsThatLeaveKeepNoThread() throws Exception {
    List<SseClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(new SseClient(server.address()));
    }
    awaitThat(() -> server.clients() == 20);
    for (SseClient client : clients.subList(1, 20)) {
      client.close();
    }
    awaitThat(() -> server.clients() == 1);
    awaitThat(() -> threadsIn("EventStream") == 1);
    clients.get(0).close();
    awaitThat(() -> server.clients() == 0);
  }

  @Test
  void closingEndsEveryThread() throws Exception {
    try (SseClient client = new SseClient(server.address())) {
      client.await("state", s -> true);
      server.close();
      awaitThat(() -> threadsIn("dev.discern.watch.") == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"page.css", "d3.js", "page.js", "status.js", "curves.js", "confusion.js", ""})
  void thePageAndItsPartsAreServed(String path) throws Exception {
    HttpResponse<String> response = get(server.address().resolve("/" + path));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotEmpty();
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "../config.yaml", "run/config.yaml", "events/", "page.html"})
  void nothingElseIsServed(String path) throws Exception {
    assertThat(get(URI.create(server.address() + path)).statusCode()).isEqualTo(404);
  }

  @Test
  void thePageCanOnlyBeRead() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(server.address()).POST(BodyPublishers.ofString("x")).build();
    HttpResponse<String> response = HttpClient.newHttpClient().send(post, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example:80", "127.0.0.1.evil:1", "", "::1"})
  void anotherNameForThisMachineIsRefused(String host) throws Exception {
    assertThat(answerTo(host, "/events")).startsWith("HTTP/1.1 403");
    assertThat(answerTo(host, "/")).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:65535"})
  void thisMachinesOwnNamesAreServed(String host) throws Exception {
    assertThat(answerTo(host, "/page.css")).startsWith("HTTP/1.1 200");
  }

  @Test
  void onlyTheLoopbackAddressListens() throws Exception {
    int port = server.address().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(socket.isConnected()).isTrue();
    }
    // The port is free on every other address of this machine.
    for (InetAddress address : InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
      if (!address.isLoopbackAddress()) {
        new ServerSocket(port, 1, address).close();
      }
    }
  }

  @Test
  void aPortInUseIsNamed() {
    int port = server.address().getPort();
    assertThatThrownBy(() -> WatchServer.start(run.path(), port))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("Port " + port + " can't be had")
        .hasMessageContaining("choose another port");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortOutOfRangeIsRefused(int port) {
    assertThatThrownBy(() -> WatchServer.start(run.path(), port))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("The port is " + port);
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThatThrownBy(() -> WatchServer.start(folder.resolve("gone"), 0))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("There is no run");
    assertThatThrownBy(() -> WatchServer.start(folder, 0))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("it contains runs, such as run");
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** By hand, since Java's client does not let one choose the Host. */
  private String answerTo(String host, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private static long threadsIn(String place) {
    return Thread.getAllStackTraces().values().stream()
        .filter(frames -> Stream.of(frames).anyMatch(f -> f.getClassName().contains(place)))
        .filter(frames -> Stream.of(frames).noneMatch(f -> f.getClassName().endsWith("ServerTest")))
        .count();
  }

  private static void awaitThat(BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
