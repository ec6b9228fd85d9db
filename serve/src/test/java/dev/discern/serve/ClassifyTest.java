package dev.discern.serve;

import static dev.discern.serve.TestServer.error;
import static dev.discern.serve.TestServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classification over HTTP. */
class ClassifyTest {
  private static final String CLASSIFY = "/v1/models/trees:classify";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void classifiesAnImage() {
    HttpResponse<String> answer = server.post(CLASSIFY, "image/jpeg", new byte[] {1});
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("model").asString()).isEqualTo("trees");
    assertThat(json(answer).path("predictions").toString())
        .isEqualTo(
            "[{\"class\":\"maple\",\"probability\":0.75,\"classes\":["
                + "{\"name\":\"maple\",\"probability\":0.75},"
                + "{\"name\":\"oak\",\"probability\":0.125},"
                + "{\"name\":\"beech\",\"probability\":0.125}]}]");
    assertThat(json(answer).path("milliseconds").asDouble()).isPositive();
  }

  @Test
  void classifiesWithoutAContentType() {
    HttpResponse<String> answer =
        server.send(server.at(CLASSIFY).POST(BodyPublishers.ofByteArray(new byte[] {2})));
    assertThat(json(answer).at("/predictions/0/class").asString()).isEqualTo("beech");
  }

  @Test
  void classifiesTheImagesOfJsonInOrder() {
    HttpResponse<String> answer =
        server.post(
            CLASSIFY,
            "application/json; charset=utf-8",
            "{\"images\": [\"AA==\", \"Ag==\"]}".getBytes(UTF_8));
    assertThat(json(answer).at("/predictions/0/class").asString()).isEqualTo("oak");
    assertThat(json(answer).at("/predictions/1/class").asString()).isEqualTo("beech");
    HttpResponse<String> one =
        server.post(CLASSIFY, "application/json", "{\"image\": \"AQ==\"}".getBytes(UTF_8));
    assertThat(json(one).at("/predictions/0/class").asString()).isEqualTo("maple");
  }

  @Test
  void classifiesTheFilesOfAForm() {
    String form =
        """
        --b
        Content-Disposition: form-data; name="a"; filename="a.jpg"

        \1
        --b
        Content-Disposition: form-data; name="x"

        \2
        --b--
        """
            .replace("\n", "\r\n");
    HttpResponse<String> answer =
        server.post(CLASSIFY, "multipart/form-data; boundary=b", form.getBytes(UTF_8));
    assertThat(json(answer).at("/predictions/0/file").asString()).isEqualTo("a.jpg");
    assertThat(json(answer).at("/predictions/0/class").asString()).isEqualTo("maple");
    assertThat(json(answer).at("/predictions/1/class").asString()).isEqualTo("beech");
  }

  @Test
  void givesWhatWasAskedFor() {
    HttpResponse<String> answer =
        server.post(
            "/v1/models/sure:classify?top=1&coverage=0.4&reject=0.9", "image/png", new byte[] {0});
    assertThat(json(answer).path("predictions").toString())
        .isEqualTo(
            "[{\"class\":null,\"probability\":0.75,\"unsure\":true,\"set\":[\"oak\"],"
                + "\"classes\":[{\"name\":\"oak\",\"probability\":0.75}]}]");
  }

  @Test
  void givesTheLabelsOfSeveral() {
    HttpResponse<String> answer =
        server.post("/v1/models/several:classify?top=1", "image/png", new byte[] {0});
    assertThat(json(answer).path("predictions").toString())
        .isEqualTo(
            "[{\"labels\":[\"oak\"],\"classes\":[{\"name\":\"oak\",\"probability\":0.75}]}]");
  }

  @ParameterizedTest
  @CsvSource({
    "trees, top=0, 400, top must be one whole number above 0",
    "trees, top=1&top=2, 400, top must be one whole number above 0",
    "trees, coverage=1, 400, coverage must be one number between 0 and 1",
    "trees, reject=NaN, 400, reject must be one number between 0 and 1",
    "trees, size=3, 400, There is no parameter size",
    "trees, top=%zz, 400, not",
    "trees, coverage=0.9, 400, This model has no calibration",
    "several, coverage=0.9, 400, several labels",
    "several, reject=0.9, 400, several labels",
    "bushes, top=1, 404, 'There is no model bushes: the models are trees, sure, several.'",
  })
  void refusesWhatItCannotGive(String model, String query, int status, String reason)
      throws IOException {
    String raw =
        RawHttp.exchange(
            server.port(),
            "POST /v1/models/"
                + model
                + ":classify?"
                + query
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\n\0");
    assertThat(raw).startsWith("HTTP/1.1 " + status).contains(reason, "{\"error\":\"");
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, '', 400, The body is empty",
    "image/jpeg, c, 400, The image is damaged",
    "text/plain, a, 415, The Content-Type text/plain is not supported",
    "application/json, '', 400, must be a JSON object",
    "application/json, '[]', 400, must be a JSON object",
    "application/json, '{', 400, 'not valid JSON (line 1, column'",
    "application/json, '{} {}', 400, The body goes on",
    "application/json, '{}', 400, The request has no image",
    "application/json, '{\"images\": []}', 400, The request has no image",
    "application/json, '{\"images\": 3}', 400, '\\\"images\\\" must be an array, but is a number'",
    "application/json, '{\"image\": null}', 400, 'must be a string, but is null'",
    "application/json, '{\"image\": \"=\"}', 400, not valid base64",
    "application/json, '{\"url\": \"http://example.com/a.jpg\"}', 400, unknown member",
    "application/json, '{\"images\": [\"AA==\",\"//8=\"]}', 400, Image 2 is damaged",
    "application/json, '{\"images\": [\"\",\"\",\"\",\"\",\"\"]}', 413, more than 4 images",
    "multipart/form-data, a, 400, has no boundary",
    "multipart/form-data; boundary=b, a, 400, not valid multipart/form-data",
    "multipart/form-data; boundary=b, '--b--', 400, no image",
  })
  void refusesOtherBodies(String type, String body, int status, String reason) {
    HttpResponse<String> answer = server.post(CLASSIFY, type, body.getBytes(UTF_8));
    assertThat(answer.body()).contains(reason);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error(answer)).endsWith(".");
  }

  @Test
  void survivesAFailureOfTheModel() {
    HttpResponse<String> failed = server.post(CLASSIFY, "image/jpeg", new byte[] {66});
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(error(failed)).startsWith("The server failed").doesNotContain("bug");
    assertThat(server.post(CLASSIFY, "image/jpeg", new byte[] {1}).statusCode()).isEqualTo(200);
    Waiting.until(() -> server.log().size() >= 2); // written after the answer has been sent
    assertThat(server.log().get(1).path("error").asString()).contains("a bug");
  }

  @Test
  void describesItsModels() {
    assertThat(json(server.get("/v1/models")).path("models")).hasSize(3);
    HttpResponse<String> one = server.get("/v1/models/sure");
    assertThat(json(one).path("classes").toString()).isEqualTo("[\"oak\",\"maple\",\"beech\"]");
    assertThat(json(one).path("calibrated").asBoolean()).isTrue();
    assertThat(json(one).path("provenance").toString()).isEqualTo("{\"seed\":\"1\"}");
    assertThat(server.get("/v1/models/bushes").statusCode()).isEqualTo(404);
  }
}
