package dev.discern.serve;

import static dev.discern.serve.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once. */
class LoadTest {
  private static final String CLASSIFY = "/v1/models/trees:classify";
  private static final Limits ROOMY =
      new Limits(10_000, 1_000, 4, 1_000, Duration.ofSeconds(5), Duration.ofSeconds(20));

  @TempDir Path folder;

  @Test
  void givesEveryClientItsOwnAnswer() throws IOException {
    try (TestServer server =
        TestServer.start(folder, ROOMY, new Batching(4, Duration.ofMillis(2), 3, 1))) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      server.sendLater(
                          server
                              .posting(CLASSIFY, "image/png", new byte[] {(byte) (i % 3)})
                              .header("X-Request-Id", "request-" + i)))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).join();
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("request-" + i);
        assertThat(json(answer).at("/predictions/0/class").asString())
            .isEqualTo(FakeClassifier.CLASSES.get(i % 3));
      }
      assertThat(server.trees.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
      assertThat(server.trees.batches).allMatch(size -> size <= 4);
    }
  }

  @Test
  void refusesWhatTheQueueCannotHold() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      server.trees.hold();
      List<CompletableFuture<HttpResponse<String>>> accepted = new ArrayList<>();
      accepted.add(server.sendLater(server.posting(CLASSIFY, "image/png", new byte[] {1})));
      server.trees.awaitRunning();
      for (int i = 0; i < 4; i++) {
        accepted.add(server.sendLater(server.posting(CLASSIFY, "image/png", new byte[] {1})));
      }
      Waiting.until(() -> server.get("/metrics").body().contains("discern_queue_length 4.0"));
      HttpResponse<String> refused = server.post(CLASSIFY, "image/png", new byte[] {1});
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      server.trees.letGo();
      assertThat(accepted).allMatch(answer -> answer.join().statusCode() == 200);
      assertThat(server.trees.batches).containsExactly(1, 4);
      assertThat(server.get("/metrics").body())
          .contains("discern_rejected_total{model=\"trees\"} 1.0");
    }
  }

  @Test
  void finishesWhatItAcceptedWhenClosed() throws Exception {
    TestServer server = TestServer.start(folder);
    server.trees.hold();
    CompletableFuture<HttpResponse<String>> running =
        server.sendLater(server.posting(CLASSIFY, "image/png", new byte[] {1}));
    server.trees.awaitRunning();
    CompletableFuture<HttpResponse<String>> waiting =
        server.sendLater(server.posting(CLASSIFY, "image/png", new byte[] {2}));
    Waiting.until(() -> server.get("/metrics").body().contains("discern_queue_length 1.0"));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server.server::close);
    Waiting.until(() -> !accepts(server));
    server.trees.letGo();
    closing.join();
    assertThat(json(running.join()).at("/predictions/0/class").asString()).isEqualTo("maple");
    assertThat(json(waiting.join()).at("/predictions/0/class").asString()).isEqualTo("beech");
    assertThat(waiting.join().headers().firstValue("Connection")).hasValue("close");
    assertThat(server.trees.closed).isTrue();
  }

  @Test
  void givesUpAfterItsGrace() throws Exception {
    Limits hasty = new Limits(10_000, 1_000, 4, 4, Duration.ofSeconds(2), Duration.ofMillis(200));
    try (TestServer server = TestServer.start(folder, hasty, TestServer.BATCHING)) {
      server.trees.hold();
      CompletableFuture<HttpResponse<String>> stuck =
          server.sendLater(server.posting(CLASSIFY, "image/png", new byte[] {1}));
      server.trees.awaitRunning();
      server.server.close();
      assertThat(server.log().get(server.log().size() - 1).path("unfinished").asInt()).isEqualTo(1);
      assertThat(stuck)
          .satisfiesAnyOf(
              each -> assertThat(each).isNotDone(),
              each -> assertThat(each).isCompletedExceptionally());
    }
  }

  private static boolean accepts(TestServer server) {
    try (java.net.Socket socket = RawHttp.connect(server.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
