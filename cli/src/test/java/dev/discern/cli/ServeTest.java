package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a command; the server itself is tested in its module. */
class ServeTest {
  private static final Path MODELS = Path.of("../runtime/src/test/resources/golden/runtime");
  private static final Path MODEL = MODELS.resolve("small.onnx");

  @TempDir Path folder;

  private static void assertFailed(Cli.Result result, int exit, String sentence) {
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(exit);
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    assertFailed(Cli.run("serve"), 2, "MODEL");
    assertFailed(Cli.run("serve", folder.resolve("gone.onnx")), 2, "There is no model");
    assertFailed(Cli.run("serve", "a=" + folder.resolve("gone.onnx")), 2, "There is no model");
    Path text = Files.writeString(folder.resolve("text.onnx"), "hello");
    assertFailed(Cli.run("serve", text), 1, "text.onnx");
  }

  @Test
  void refusesAModelOfOthers() {
    assertFailed(Cli.run("serve", MODELS.resolve("foreign.onnx")), 1, "foreign.onnx");
  }

  @Test
  void refusesTwoModelsOfOneName() {
    assertFailed(Cli.run("serve", MODEL, MODEL), 2, "Two models have the name small");
    assertFailed(Cli.run("serve", ".=" + MODEL), 2, "cannot be the name of a model");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertFailed(Cli.run("serve", MODEL, "--port", 65_536), 2, "The port is 65536");
    assertFailed(Cli.run("serve", MODEL, "--max-batch", 0), 2, "The largest batch is 0");
    assertFailed(Cli.run("serve", MODEL, "--max-delay", -1), 2, "The delay of a batch is -1");
    assertFailed(Cli.run("serve", MODEL, "--max-queue", 63), 2, "The length of the queue is 63");
  }

  @Test
  void refusesABadToken() throws IOException {
    Path missing = folder.resolve("missing");
    assertFailed(Cli.run("serve", MODEL, "--token-file", missing), 2, "Cannot read the token file");
    Path bad = Files.writeString(folder.resolve("bad"), "s3cr et\n");
    Cli.Result result = Cli.run("serve", MODEL, "--token-file", bad);
    assertFailed(result, 2, "must have at least 8 characters");
    assertThat(result.err()).doesNotContain("s3cr");
  }

  @Test
  void aPortInUseFailsTheWork() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Cli.Result result = Cli.run("serve", MODEL, "--port", port);
      assertFailed(result, 1, "Cannot listen on port " + port + " of 127.0.0.1");
    }
  }

  @Test
  @Timeout(120)
  void servesUntilSigterm() throws Exception {
    Path log = folder.resolve("log");
    Path token = Files.writeString(folder.resolve("token"), "s3cret-token\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "dev.discern.cli.Main",
                "serve",
                "shop=" + MODEL,
                "--port",
                "0",
                "--access-log",
                log.toString(),
                "--token-file",
                token.toString()));
    // Not as an argument: ONNX Runtime 1.29 crashes if the command line exceeds 4,096 bytes.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      URI server = URI.create(out.readLine());
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.resolve("/v1/models/shop"))
                      .header("Authorization", "Bearer s3cret-token")
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(log)).hasSize(3);
  }
}
