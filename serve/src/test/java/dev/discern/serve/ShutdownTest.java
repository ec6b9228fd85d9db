package dev.discern.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM under load, counted by the clients: every request whose connection was accepted is
 * answered. tools/serve/load.py counts more stops.
 */
class ShutdownTest {
  static final Path MODEL = Path.of("../runtime/src/test/resources/golden/runtime/small.onnx");
  private static final int CLIENTS = 8;

  @TempDir Path folder;
  private final AtomicInteger answered = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

  @RepeatedTest(2)
  @Timeout(120)
  void losesNoRequest() throws Exception {
    Path log = folder.resolve("log");
    Process process = start(log);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      URI server = URI.create(out.readLine());
      List<Thread> clients = startClients(server.resolve("/v1/models/small:classify"));
      Waiting.until(() -> answered.get() > 200);
      process.destroy();
      for (Thread client : clients) {
        client.join();
      }
      assertThat(lost).isEmpty();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      List<String> lines = Files.readAllLines(log);
      assertThat(lines.get(lines.size() - 1)).contains("\"stopped\",\"unfinished\":0");
      assertThat(lines.stream().filter(line -> line.contains("\"status\":200")).count())
          .isEqualTo(answered.get());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "dev.discern.serve.ServeMain",
            MODEL.toString());
    // Not as an argument: ONNX Runtime 1.29 crashes if the command line exceeds 4,096 bytes.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(log.toFile()).start();
  }

  private List<Thread> startClients(URI address) throws IOException {
    byte[] image = jpeg();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread client = new Thread(() -> request(address, image), "client-" + i);
      client.start();
      clients.add(client);
    }
    return clients;
  }

  private void request(URI address, byte[] image) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(image)).build();
    try {
      while (true) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          answered.incrementAndGet();
        } else {
          lost.add(answer.statusCode() + " " + answer.body());
        }
      }
    } catch (ConnectException e) {
      // The server no longer accepts connections.
    } catch (IOException | InterruptedException e) {
      lost.add(e.toString());
    }
  }

  static byte[] jpeg() throws IOException {
    BufferedImage image = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 90; x++) {
      for (int y = 0; y < 60; y++) {
        image.setRGB(x, y, x * 131 + y * 517);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
