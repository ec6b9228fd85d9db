package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that is explained, and what cannot be. */
class ExplainTest {
  @TempDir private static Path shared;
  private static Path data = Path.of("");
  private static Path run = Path.of("");

  @TempDir private Path folder;

  // Two classes of the same discs, so that the network errs.
  @BeforeAll
  static void train() throws IOException {
    data = shared.resolve("data");
    Path discs = Pictures.folder(shared.resolve("discs"), 40);
    Files.createDirectories(data);
    Files.move(discs.resolve("red"), data.resolve("crimson"));
    Files.move(Pictures.folder(shared.resolve("more"), 30).resolve("red"), data.resolve("scarlet"));
    run = shared.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            data,
            "--image-size",
            64,
            "--model",
            "resnet8",
            "--epochs",
            1,
            "--weights",
            "none",
            "--precision",
            "fp32",
            "--out",
            run);
    assertThat(trained.exit()).isZero();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void writesAPageAndSaysWhatIsOnIt() throws IOException {
    Path page = folder.resolve("why.html");
    Cli.Result result = Cli.run("explain", run, data.resolve("crimson"), "--out", page, "--json");
    assertThat(result.exit()).isZero();
    List<JsonNode> lines = result.out().lines().map(ExplainTest::json).toList();
    assertThat(lines).hasSize(40);
    JsonNode first = lines.get(0);
    assertThat(first.path("path").asString()).startsWith(data.resolve("crimson").toString());
    assertThat(first.path("guesses")).hasSize(2);
    assertThat(first.path("reasons")).hasSize(2);
    assertThat(first.at("/reasons/0/values")).hasSize(16 * 16);
    assertThat(first.path("neighbors")).hasSize(6);
    assertThat(first.toString()).doesNotContain("data:image");
    assertThat(page).content().contains("crimson/0.png", "\"kind\":\"explanation\"");
  }

  @Test
  void aTrainingImageIsItsOwnNearestNeighbor() throws IOException {
    Path page = folder.resolve("why.html");
    List<String> out =
        Cli.run("explain", run, data.resolve("scarlet"), "--out", page, "--json")
            .out()
            .lines()
            .toList();
    assertThat(out)
        .anyMatch(
            line ->
                json(line).at("/neighbors/0/similarity").asDouble() > 0.9999
                    && json(line)
                        .path("path")
                        .asString()
                        .endsWith(json(line).at("/neighbors/0/path").asString()));
  }

  @Test
  void neverWritesOverAFileUnlessForced() throws IOException {
    Path page = Files.writeString(folder.resolve("mine.html"), "mine");
    Path image = data.resolve("crimson/0.png");
    Cli.Result refused = Cli.run("explain", run, image, "--out", page);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("mine.html exists: choose another name");
    assertThat(page).hasContent("mine");
    assertThat(Cli.run("explain", run, image, "--out", page, "--force").exit()).isZero();
    assertThat(page).content().contains("explanation");
    assertThat(Cli.run("explain", run, image, "--out", folder, "--force").err())
        .contains("is a folder");
    assertThat(Cli.run("explain", run, image, "--out", folder.resolve("no/page.html")).err())
        .contains("is in no existing folder");
  }

  @Test
  void reportsWhatIsNoImageAndExplainsTheRest() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "this is text");
    Path page = folder.resolve("why.html");
    Cli.Result result =
        Cli.run(
            "explain",
            run,
            broken,
            data.resolve("crimson/0.png"),
            folder.resolve("gone"),
            "--out",
            page);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("broken.jpg", "gone does not exist");
    assertThat(result.out())
        .containsPattern("crimson/0.png\t(crimson|scarlet) \\d")
        .contains("Page");
    Cli.Result none = Cli.run("explain", run, broken, "--out", folder.resolve("none.html"));
    assertThat(none.exit()).isEqualTo(1);
    assertThat(folder.resolve("none.html")).doesNotExist();
  }

  @Test
  void weightsAloneAreExplainedWithoutTrainingImages() {
    Path page = folder.resolve("why.html");
    Path weights = run.resolve("weights.safetensors");
    Cli.Result result =
        Cli.run("explain", weights, data.resolve("crimson/0.png"), "--out", page, "--json");
    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("The nearest training images are left out. " + weights + " has weights only");
    assertThat(json(result.out()).path("neighbors")).isEmpty();
  }

  @Test
  void theReportExplainsErrorsOnTestImages() throws IOException {
    JsonNode explanations = json(Files.readString(run.resolve("explanations.json")));
    assertThat(explanations.path("searched").asInt())
        .isEqualTo(explanations.path("training").asInt())
        .isPositive();
    JsonNode first = explanations.at("/images/0");
    assertThat(first.path("why").asString()).isEqualTo("worst");
    assertThat(first.at("/reasons/1/label").asInt()).isEqualTo(first.path("label").asInt());
    assertThat(first.at("/reasons/0/label").asInt()).isNotEqualTo(first.path("label").asInt());
    assertThat(first.path("neighbors")).hasSize(6);
    assertThat(run.resolve("report.html")).content().contains("\"explained\":{");
  }

  @Test
  void smallImagesAreNotExplainedInReports() {
    Path small = folder.resolve("small");
    assertThat(
            Cli.run(
                    "train",
                    data,
                    "--image-size",
                    16,
                    "--model",
                    "resnet8",
                    "--epochs",
                    1,
                    "--out",
                    small)
                .exit())
        .isZero();
    assertThat(small.resolve("report.html")).exists();
    assertThat(small.resolve("explanations.json")).doesNotExist();
  }

  @Test
  void refusesARunWithoutWeightsAndSwappedArguments() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.copy(run.resolve("config.yaml"), empty.resolve("config.yaml"));
    Path image = data.resolve("crimson/0.png");
    Cli.Result none = Cli.run("explain", empty, image);
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("has no weights yet");
    Cli.Result swapped = Cli.run("explain", image, run);
    assertThat(swapped.exit()).isEqualTo(2);
    assertThat(swapped.err()).contains("RUN comes first: explain " + run);
  }
}
