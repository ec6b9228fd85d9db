package dev.discern.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example runs as it is, on the class path of an application. */
class ServiceExampleTest {
  private static final Path MODEL =
      Path.of("../../runtime/src/test/resources/golden/runtime/small.onnx");

  @TempDir private Path folder;

  @Test
  void theLinesOfTheReadmeRun() throws Exception {
    Path image = folder.resolve("new.png");
    Files.write(image, png());
    assertThat(FirstClassification.run(MODEL, image).probability()).isBetween(0.0, 1.0);
  }

  @Test
  void answersOverHttp() throws Exception {
    try (ServiceExample service = ServiceExample.start(MODEL, 0)) {
      HttpResponse<String> answer = post(service.port(), png());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).matches("(unsure|.+ [0-9.]+ %)\\R");
      HttpResponse<String> refusal = post(service.port(), new byte[] {1, 2, 3});
      assertThat(refusal.statusCode()).isEqualTo(400);
      assertThat(refusal.body()).hasLineCount(1);
    }
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static HttpResponse<String> post(int port, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
