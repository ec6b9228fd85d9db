package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images of several labels, by the commands. */
class SeveralLabelsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private Path csv(int each) throws IOException {
    Path photos = Pictures.folder(folder.resolve("photos"), each);
    StringBuilder lines = new StringBuilder("path,labels\n");
    for (int i = 0; i < each; i++) {
      String file = i + (i % 2 == 0 ? ".png" : ".jpg");
      lines.append("photos/red/%s,warm;red\n".formatted(file));
      lines.append("photos/blue/%s,cold;blue\n".formatted(file));
    }
    assertThat(photos).isDirectory();
    return Files.writeString(folder.resolve("photos.csv"), lines);
  }

  @Test
  void aCsvFileIsTrainedEvaluatedAndPredicted() throws Exception {
    Path run = folder.resolve("run");
    Cli.Result trained = Cli.run("train", csv(20), "--image-size", 16, "--epochs", 6, "--out", run);
    assertThat(trained.err()).doesNotContain("discern: ");
    assertThat(trained.exit()).isZero();
    assertThat(trained.err()).contains("with multilabel-bce", "4 classes", "validation mAP");
    assertThat(trained.out()).contains("Test mAP", "hamming loss");
    assertThat(run.resolve("report.html")).content().contains("\"score\":\"mAP\"");

    Cli.Result predicted = Cli.run("predict", run, folder.resolve("photos/red/0.png"));
    assertThat(predicted.out()).contains("warm ", "red ", "cold ", "blue ");
    JsonNode line =
        JSON.readTree(
            Cli.run("predict", run, folder.resolve("photos/red"), "--json")
                .out()
                .lines()
                .findFirst()
                .orElseThrow());
    assertThat(line.path("classes").size()).isEqualTo(4);
    List<String> likely =
        line.path("classes")
            .valueStream()
            .filter(each -> each.path("probability").asDouble() >= 0.5)
            .map(each -> each.path("name").asString())
            .toList();
    assertThat(line.path("labels").valueStream().map(JsonNode::asString).toList())
        .isEqualTo(likely);
    assertThat(Cli.run("predict", run, folder.resolve("photos/red/0.png"), "--top", 1).out())
        .containsOnlyOnce("%");

    Path image = folder.resolve("photos/red/0.png");
    Cli.Result coverage = Cli.run("predict", run, image, "--coverage", 0.9);
    assertThat(coverage.exit()).isEqualTo(2);
    assertThat(coverage.err()).contains("several labels", "no prediction sets");
    Cli.Result reject = Cli.run("predict", run, image, "--reject", 0.9);
    assertThat(reject.exit()).isEqualTo(2);
    assertThat(reject.err()).contains("several labels", "leave --reject out");

    Cli.Result evaluated = Cli.run("evaluate", run);
    assertThat(evaluated.out()).contains("mAP", "AP  images", "warm");
    JsonNode figures = JSON.readTree(Cli.run("evaluate", run, "--json").out());
    assertThat(figures.path("mAP").isNumber()).isTrue();
    assertThat(figures.has("top1")).isFalse();
  }

  @Test
  void composedPicturesAreComparedByMeanAveragePrecision() throws Exception {
    Path out = folder.resolve("comparison");
    Cli.Result compared =
        Cli.run(
            "compare",
            "digits",
            "--compose",
            3,
            "--limit-train",
            64,
            "--batch-size",
            16,
            "--epochs",
            1,
            "--seeds",
            2,
            "--out",
            out);
    assertThat(compared.err()).doesNotContain("discern: ");
    assertThat(compared.exit()).isZero();
    assertThat(compared.out())
        .contains("multilabel-bce", "asymmetric(", "two-way-metric(", "test mAP", "hamming");
    JsonNode results = JSON.readTree(Files.readString(out.resolve("results.json")));
    assertThat(results.path("pairs").size()).isEqualTo(3);
    JsonNode pair = results.path("pairs").get(0);
    assertThat(pair.at("/mAP/difference").isNumber()).isTrue();
    List<Double> a = scores(results, 0);
    List<Double> b = scores(results, 1);
    assertThat(pair.at("/mAP/difference").asDouble())
        .isEqualTo(((b.get(0) - a.get(0)) + (b.get(1) - a.get(1))) / 2);
    assertThat(Files.readAllLines(out.resolve("results.csv")).get(0))
        .startsWith("method,seed,state,mAP,bestMAP,f1");
  }

  private static List<Double> scores(JsonNode results, int method) {
    return results
        .path("methods")
        .get(method)
        .path("runs")
        .valueStream()
        .map(run -> run.path("mAP").asDouble())
        .toList();
  }

  @Test
  void aMethodForTheOtherTaskIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path out = folder.resolve("run");
    Cli.Result one = Cli.run("train", "digits", "--loss", "asymmetric", "--out", out);
    assertThat(one.exit()).isEqualTo(2);
    assertThat(one.err())
        .contains("asymmetric is for several labels per image, but digits has one");
    Cli.Result several = Cli.run("train", csv(2), "--loss", "crl", "--out", out);
    assertThat(several.exit()).isEqualTo(2);
    assertThat(several.err())
        .contains("crl is for one class per image", "multilabel-bce, asymmetric, two-way-metric");
    Cli.Result compared =
        Cli.run("compare", "digits", "--losses", "ce,two-way-metric", "--out", out);
    assertThat(compared.exit()).isEqualTo(2);
    Cli.Result twice = Cli.run("train", csv(2), "--compose", 4, "--out", out);
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.err()).contains("several labels already");
    assertThat(out).doesNotExist();
  }

  @Test
  void comparingComposedImagesOfSeveralLabelsIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path out = folder.resolve("comparison");
    Cli.Result result = Cli.run("compare", csv(8), "--compose", 4, "--out", out);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("several labels already");
    assertThat(out).doesNotExist();
  }

  @Test
  void aBadCsvLineIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), "path,labels\na.png\n");
    Cli.Result result = Cli.run("train", file, "--out", folder.resolve("run"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("bad.csv", "Line 2");
    Path missing = Files.writeString(folder.resolve("missing.csv"), "nosuch.png,a;b\n");
    assertThat(Cli.run("train", missing).err()).contains("nosuch.png");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
