package dev.discern.serve;

import dev.discern.runtime.Card;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of fake models, and a client. */
final class TestServer implements AutoCloseable {
  static final Limits LIMITS =
      new Limits(10_000, 1_000, 4, 4, Duration.ofSeconds(2), Duration.ofSeconds(20));
  static final Batching BATCHING = new Batching(4, Duration.ZERO, 1, 1);

  final FakeClassifier trees = FakeClassifier.plain();
  final FakeClassifier sure = new FakeClassifier("fake", Card.Task.ONE_LABEL, true);
  final FakeClassifier several = new FakeClassifier("fake", Card.Task.SEVERAL_LABELS, false);
  final ModelServer server;
  private final StringWriter log = new StringWriter();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(Path folder, Optional<Token> token, Limits limits, Batching batching)
      throws IOException {
    List<ModelSource> sources =
        List.of(
            source(folder.resolve("trees.onnx")),
            source(folder.resolve("sure.onnx")),
            source(folder.resolve("several.onnx")));
    server =
        ModelServer.start(
            sources,
            new ServeOptions("127.0.0.1", 0, batching, limits, token),
            new AccessLog(new PrintWriter(log), false),
            this::open,
            20);
  }

  static TestServer start(Path folder) throws IOException {
    return new TestServer(folder, Optional.empty(), LIMITS, BATCHING);
  }

  static TestServer start(Path folder, Limits limits, Batching batching) throws IOException {
    return new TestServer(folder, Optional.empty(), limits, batching);
  }

  static TestServer withToken(Path folder, String token) throws IOException {
    return new TestServer(folder, Optional.of(Token.of(token, "a test")), LIMITS, BATCHING);
  }

  private static ModelSource source(Path file) throws IOException {
    Files.write(file, new byte[] {1});
    return ModelSource.of(file.toString());
  }

  private FakeClassifier open(Path path) {
    return switch (path.getFileName().toString()) {
      case "trees.onnx" -> trees;
      case "sure.onnx" -> sure;
      default -> several;
    };
  }

  int port() {
    return server.address().getPort();
  }

  /** All routes, as METHOD PATH. */
  List<String> routes() {
    return server.routes().stream().map(each -> each.method() + " " + each.template()).toList();
  }

  /** What the log holds. */
  List<JsonNode> log() {
    return log.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(at(path));
  }

  HttpResponse<String> post(String path, String type, byte[] body) {
    return send(posting(path, type, body));
  }

  HttpRequest.Builder posting(String path, String type, byte[] body) {
    return at(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static String error(HttpResponse<String> response) {
    return json(response).path("error").asString();
  }

  @Override
  public void close() {
    trees.letGo();
    server.close();
  }
}
