package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}, and what {@code train --skip-bad} does with what it finds. */
class CheckTest {
  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void makeData() throws IOException {
    data = Pictures.folder(folder.resolve("data"), 12);
    out = folder.resolve("check");
  }

  private JsonNode json() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(out.resolve("check.json")));
  }

  private void damage(String name) throws IOException {
    byte[] jpeg = Files.readAllBytes(data.resolve("red/1.jpg"));
    Files.write(data.resolve(name), Arrays.copyOf(jpeg, jpeg.length / 2));
  }

  @Test
  void findsWhatIsWrongAndExitsWithZero() throws IOException {
    damage("red/cut.jpg");
    Files.writeString(data.resolve("blue/notes.txt"), "text");
    Files.copy(data.resolve("red/3.jpg"), data.resolve("blue/copy.jpg"));
    Path list = folder.resolve("bad.txt");
    Path scores = folder.resolve("scores.csv");
    Cli.Result result = Cli.run("check", data, "--out", out, "--list", list, "--scores", scores);
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Checked 26 images of 2 classes", "cut.jpg", " faults: ");
    assertThat(out.resolve("check.html")).isNotEmptyFile();
    JsonNode json = json();
    assertThat(json.at("/counts/unreadable").asInt()).isEqualTo(1);
    assertThat(json.at("/counts/odd-file").asInt()).isEqualTo(1);
    assertThat(json.at("/counts/small-class").asInt()).isEqualTo(2);
    // Discs that lie elsewhere may count as parts of one picture.
    assertThat(json.path("faults").asInt()).isGreaterThanOrEqualTo(2);
    List<String> copies =
        json.path("findings")
            .valueStream()
            .filter(f -> f.path("kind").asString().equals("duplicate-with-other-label"))
            .flatMap(f -> f.path("files").valueStream())
            .map(file -> file.path("path").asString())
            .toList();
    assertThat(copies).contains("blue/copy.jpg", "red/3.jpg");
    assertThat(Files.readAllLines(list))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("red/cut.jpg\t") && line.contains("truncated"))
        .contains("blue/notes.txt\tnot an image");
    assertThat(Files.readAllLines(scores)).hasSize(1 + 25);
  }

  @Test
  void strictAcceptsNoFaults() throws IOException {
    damage("red/cut.jpg");
    assertThat(Cli.run("check", data, "--out", out, "--strict").exit()).isEqualTo(1);
    assertThat(out.resolve("check.json")).exists();
  }

  @Test
  void neverWritesOverAnything() throws IOException {
    Files.createDirectory(out);
    Files.writeString(out.resolve("mine.txt"), "mine");
    Cli.Result result = Cli.run("check", data, "--out", out);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("never writes over anything");
    assertThat(out.resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void refusesWhatIsNoDataSet() {
    Cli.Result result = Cli.run("check", "no-such-data", "--out", out);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no data set and no folder 'no-such-data'");
    assertThat(out).doesNotExist();
  }

  @Test
  void trainingLeavesBadImagesOutAndRecordsThem() throws IOException {
    damage("red/cut.jpg");
    Path run = folder.resolve("run");
    Cli.Result result =
        Cli.run(
            "train",
            data,
            "--skip-bad",
            "--model",
            "resnet8",
            "--epochs",
            1,
            "--image-size",
            16,
            "--out",
            run);
    assertThat(result.err()).doesNotContain("discern: ");
    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("1 image that cannot be read is left out, such as red/cut.jpg");
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("red/cut.jpg");
    assertThat(Cli.run("evaluate", run).exit()).isZero();
    assertThat(Cli.run("train", "--resume", run).exit()).isZero();
  }

  @Test
  void aComparisonLeavesBadImagesOutOfAllRuns() throws IOException {
    damage("red/cut.jpg");
    Path comparison = folder.resolve("comparison");
    Object[] command = {
      "compare",
      data,
      "--skip-bad",
      "--model",
      "resnet8",
      "--epochs",
      1,
      "--image-size",
      16,
      "--seeds",
      1,
      "--losses",
      "ce,focal",
      "--no-control",
      "--out",
      comparison
    };
    Cli.Result result = Cli.run(command);
    assertThat(result.err()).doesNotContain("discern: ");
    assertThat(result.exit()).isZero();
    assertThat(Files.readString(comparison.resolve("ce-seed0/config.yaml")))
        .contains("red/cut.jpg");
    assertThat(Files.readString(comparison.resolve("config.yaml"))).contains("red/cut.jpg");
    assertThat(Cli.run(command).exit()).isZero();
  }

  @Test
  void aClassWithoutReadableImagesGetsOneSentence() throws IOException {
    for (int i = 0; i < 12; i++) {
      String name = i + (i % 2 == 0 ? ".png" : ".jpg");
      Files.writeString(data.resolve("blue").resolve(name), "damaged");
    }
    Path run = folder.resolve("run");
    Cli.Result result =
        Cli.run(
            "train", data, "--skip-bad", "--model", "resnet8", "--image-size", 16, "--out", run);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("All 12 training images of class 'blue' cannot be read, such as blue/")
        .hasLineCount(1);
    assertThat(run).doesNotExist();
  }
}
