package dev.discern.serve;

import static dev.discern.serve.TestServer.error;
import static dev.discern.serve.TestServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol. tools/serve/conformance.py checks it with a client of others. */
class InferTest {
  private static final String INFER = "/v2/models/trees/infer";
  private static final String LENGTH = "Inference-Header-Content-Length";

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

  private HttpResponse<String> infer(String body) {
    return server.post(INFER, "application/json", body.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void saysWhatItIs() {
    assertThat(json(server.get("/v2")).path("name").asString()).isEqualTo("discern");
    assertThat(server.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(server.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(server.get("/v2/models/trees/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/v2/models/bushes/ready").statusCode()).isEqualTo(404);
    assertThat(server.get("/v2/models/trees").body())
        .isEqualTo(
            ("{'name':'trees','versions':['1'],'platform':'discern','inputs':["
                    + "{'name':'images','datatype':'UINT8','shape':[-1,-1,-1,3]},"
                    + "{'name':'encoded','datatype':'BYTES','shape':[-1]}],'outputs':["
                    + "{'name':'probabilities','datatype':'FP32','shape':[-1,3]},"
                    + "{'name':'class','datatype':'BYTES','shape':[-1]}]}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2, 0, 0, 1, 0, 0]",
        "[[[[2, 0, 0]]], [[[1, 0, 0]]]]",
      })
  void infersFromNumbers(String data) {
    HttpResponse<String> answer =
        infer(
            "{'id': '7', 'inputs': [{'name': 'images', 'shape': [2, 1, 1, 3], 'datatype': 'UINT8',"
                + " 'data': "
                + data
                + "}]}");
    assertThat(answer.body())
        .isEqualTo(
            ("{'model_name':'trees','model_version':'1','id':'7','outputs':["
                    + "{'name':'probabilities','datatype':'FP32','shape':[2,3],"
                    + "'data':[0.125,0.125,0.75,0.125,0.75,0.125]},"
                    + "{'name':'class','datatype':'BYTES','shape':[2],'data':['beech','maple']}]}")
                .replace('\'', '"'));
  }

  @Test
  void infersFromBase64WithDataFirst() {
    HttpResponse<String> answer =
        infer(
            "{'outputs': [{'name': 'class'}], 'inputs': [{'data': ['AQ=='], 'datatype': 'BYTES',"
                + " 'shape': [1], 'name': 'encoded'}]}");
    assertThat(json(answer).at("/outputs/0/data").toString()).isEqualTo("[\"maple\"]");
    assertThat(json(answer).path("outputs")).hasSize(1);
  }

  @Test
  void takesAndGivesBinaryData() {
    byte[] json =
        ("{'inputs': [{'name': 'encoded', 'shape': [2, 1], 'datatype': 'BYTES', 'parameters':"
                + " {'binary_data_size': 11}}], 'parameters': {'binary_data_output': true}}")
            .replace('\'', '"')
            .getBytes(UTF_8);
    ByteBuffer data = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(1).put((byte) 0).putInt(2).put((byte) 2).put((byte) 7);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(data.array());
    HttpResponse<byte[]> answer =
        server.sendForBytes(
            server
                .posting(INFER, "application/octet-stream", body.toByteArray())
                .header(LENGTH, Integer.toString(json.length)));
    assertThat(answer.statusCode()).isEqualTo(200);
    int length = Integer.parseInt(answer.headers().firstValue(LENGTH).orElseThrow());
    ByteBuffer outputs =
        ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(answer.body(), 0, length, UTF_8))
        .contains("\"binary_data_size\":24", "\"binary_data_size\":16");
    float[] probabilities = new float[6];
    outputs.asFloatBuffer().get(probabilities);
    assertThat(probabilities).containsExactly(0.75f, 0.125f, 0.125f, 0.125f, 0.125f, 0.75f);
    outputs.position(outputs.position() + 24);
    assertThat(outputs.getInt()).isEqualTo(3);
    assertThat(outputs.remaining()).isEqualTo(3 + 4 + 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 | must have one input",
        "{'inputs': []} | 400 | must have one input",
        "{'inputs': [{}, {}]} | 400 | must have one input",
        "{'inputs': [1]} | 400 | a number where an object belongs",
        "{'x': 1} | 400 | unknown member",
        "{'inputs': [{'name': 'images', 'shape': [1,1,1,3], 'datatype': 'UINT8'}]} | 400 | either",
        "{'inputs': [{'name': 'images', 'shape': [1,1,1,3], 'datatype': 'FP32', 'data': [1,2,3]}]} | 400 | no input",
        "{'inputs': [{'name': 'images', 'shape': [1,1,1,3], 'datatype': 'UINT8', 'data': [1,2,256]}]} | 400 | from 0 to 255",
        "{'inputs': [{'name': 'images', 'shape': [1,1,1,3], 'datatype': 'UINT8', 'data': [1,2,1.5]}]} | 400 | from 0 to 255",
        "{'inputs': [{'name': 'images', 'shape': [1,1,1,3], 'datatype': 'UINT8', 'data': [1,2]}]} | 400 | 2 bytes, but its shape [1, 1, 1, 3] needs 3",
        "{'inputs': [{'name': 'images', 'shape': [1,1,3], 'datatype': 'UINT8', 'data': [1,2,3]}]} | 400 | needs [n, height, width, 3]",
        "{'inputs': [{'name': 'images', 'shape': [1,0,1,3], 'datatype': 'UINT8', 'data': []}]} | 400 | needs [n, height, width, 3]",
        "{'inputs': [{'name': 'images', 'shape': [1,-1,1,3], 'datatype': 'UINT8', 'data': []}]} | 400 | whole number",
        "{'inputs': [{'name': 'images', 'shape': [1,2147483647,2147483647,3], 'datatype': 'UINT8', 'data': []}]} | 400 | more than 1000 pixels",
        "{'inputs': [{'name': 'images', 'shape': [2147483647,1,1,3], 'datatype': 'UINT8', 'data': []}]} | 413 | more than 4 images",
        "{'inputs': [{'name': 'images', 'shape': [99999999999,1,1,3], 'datatype': 'UINT8', 'data': []}]} | 400 | whole number",
        "{'inputs': [{'name': 'encoded', 'shape': [1,2], 'datatype': 'BYTES', 'data': ['AQ==']}]} | 400 | needs [n]",
        "{'inputs': [{'name': 'encoded', 'shape': [2], 'datatype': 'BYTES', 'data': ['AQ==']}]} | 400 | has 1 images",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'data': ['Yw==']}]} | 400 | The image is damaged",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'data': ['?']}]} | 400 | base64",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'data': ['AQ=='], 'parameters': {'binary_data_size': 4}}]} | 400 | either",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'parameters': {'binary_data_size': 4}}]} | 400 | announces 4",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'parameters': {'shared_memory_region': 'a'}}]} | 400 | Shared memory",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'data': ['AQ==']}], 'outputs': [{'name': 'x'}]} | 400 | each at most once",
        "{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'data': ['AQ==']}], 'outputs': [{'name': 'class', 'parameters': {'classification': 2}}]} | 400 | not supported",
      })
  void refusesOtherRequests(String body, int status, String reason) {
    HttpResponse<String> answer = infer(body);
    assertThat(answer.body()).contains(reason);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error(answer)).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({"-1", "x", "1000", "99999999999"})
  void refusesAWrongLengthOfTheJson(String length) {
    HttpResponse<String> answer =
        server.send(
            server
                .posting(INFER, "application/octet-stream", "{}".getBytes(UTF_8))
                .header(LENGTH, length));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).contains(LENGTH);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "255, 255, 255", "9, 0, 0"})
  void refusesWrongLengthsOfElements(int first, int second, int third) {
    byte[] json =
        ("{'inputs': [{'name': 'encoded', 'shape': [1], 'datatype': 'BYTES', 'parameters':"
                + " {'binary_data_size': 3}}]}")
            .replace('\'', '"')
            .getBytes(UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(new byte[] {(byte) first, (byte) second, (byte) third});
    HttpResponse<String> answer =
        server.send(
            server
                .posting(INFER, "application/octet-stream", body.toByteArray())
                .header(LENGTH, Integer.toString(json.length)));
    assertThat(error(answer)).contains("end within an element");
  }
}
