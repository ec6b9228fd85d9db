package dev.discern.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that are replaced while clients use them. */
class ReloadUnderLoadTest {
  private static final int RELOADS = 5;
  private static final int CLIENTS = 4;

  @TempDir Path folder;
  private final List<FakeClassifier> opened = new CopyOnWriteArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final AtomicInteger answers = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private FakeClassifier open(Path path) {
    FakeClassifier model = FakeClassifier.plain();
    opened.add(model);
    return model;
  }

  @Test
  @Timeout(60)
  void dropsNoRequest() throws IOException {
    Path file = Files.writeString(folder.resolve("trees.onnx"), "0");
    ServeOptions options =
        new ServeOptions("127.0.0.1", 0, TestServer.BATCHING, Limits.defaults(), Optional.empty());
    AccessLog log = new AccessLog(new PrintWriter(new StringWriter()), false);
    try (ModelServer server =
        ModelServer.start(List.of(ModelSource.of(file.toString())), options, log, this::open, 10)) {
      URI address = server.address().resolve("/v1/models/trees:classify");
      List<CompletableFuture<List<Integer>>> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> statuses(address), threads))
              .toList();
      for (int i = 1; i <= RELOADS; i++) {
        Path fresh = Files.writeString(folder.resolve("fresh"), "model " + i);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        int expected = i + 1;
        int before = answers.get();
        Waiting.until(() -> opened.size() == expected);
        Waiting.until(() -> answers.get() > before + 2 * CLIENTS);
      }
      over.set(true);
      clients.forEach(
          client -> assertThat(client.join()).isNotEmpty().allMatch(status -> status == 200));
      Waiting.until(() -> opened.subList(0, RELOADS).stream().allMatch(m -> m.closed.get()));
      assertThat(opened.get(RELOADS).closed).isFalse();
    }
    assertThat(opened.get(RELOADS).closed).isTrue();
  }

  private List<Integer> statuses(URI address) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(new byte[] {1})).build();
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    try {
      while (!over.get()) {
        statuses.add(client.send(request, BodyHandlers.discarding()).statusCode());
        answers.incrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return statuses;
  }
}
