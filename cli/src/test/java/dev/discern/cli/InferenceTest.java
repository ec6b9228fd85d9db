package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trained weights put to use: predict and evaluate. */
class InferenceTest {
  @TempDir private static Path shared;
  private static Path data = Path.of("");
  private static Path run = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = Pictures.folder(shared.resolve("data"), 20);
    run = shared.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            data,
            "--image-size",
            16,
            "--model",
            "resnet8",
            "--epochs",
            4,
            "--batch-size",
            8,
            "--precision",
            "fp32",
            "--out",
            run);
    assertThat(trained.err()).doesNotContain("discern: ");
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private Path copyOfRun() throws IOException {
    Path copy = folder.resolve("copy");
    copy(run, copy);
    return copy;
  }

  @Test
  void predictSearchesFoldersAtAnyDepthAndNamesWhatItLeftOut() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/deep/er"));
    Files.copy(data.resolve("red/0.png"), images.resolve("a.png"));
    Files.copy(data.resolve("blue/0.png"), folder.resolve("images/b.png"));
    Files.writeString(folder.resolve("images/notes.txt"), "notes");
    Cli.Result result = Cli.run("predict", run, folder.resolve("images"), "--json");
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().map(line -> json(line).path("path").asString()))
        .containsExactly(
            folder.resolve("images/b.png").toString(), images.resolve("a.png").toString());
    assertThat(result.err()).contains("left out", "notes.txt");
  }

  @Test
  void predictAnswersInTheOrderAskedWhateverFails() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "this is text");
    Path red = data.resolve("red/0.png");
    Path blue = data.resolve("blue/0.png");
    Cli.Result result =
        Cli.run(
            "predict",
            run,
            red,
            broken,
            blue,
            folder.resolve("gone"),
            red,
            "--batch-size",
            2,
            "--json");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().lines().map(line -> json(line).path("path").asString()))
        .containsExactly(red.toString(), blue.toString(), red.toString());
    assertThat(result.err()).contains("broken.jpg", "gone does not exist");
  }

  @Test
  void aRunReducedToItsWeightsStillPredicts() throws IOException {
    Path image = data.resolve("red/0.png");
    Object[] best = {"predict", run, image, "--json", "--precision", "fp32"};
    String whole = Cli.run(best).out();
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy.resolve("checkpoints"));
    Files.copy(run.resolve("checkpoints/best"), copy.resolve("checkpoints/best"));
    assertThat(Cli.run("predict", copy, image, "--json", "--precision", "fp32").out())
        .isEqualTo(whole);
    Path file = copy.resolve("checkpoints/best");
    assertThat(Cli.run("predict", file, image, "--json", "--precision", "fp32").out())
        .isEqualTo(whole);
    assertThat(Cli.run("predict", file, image, "--checkpoint", "best").err())
        .contains("is a file itself");

    Path weights = Files.createDirectories(folder.resolve("weights"));
    Files.copy(run.resolve("weights.safetensors"), weights.resolve("weights.safetensors"));
    Cli.Result last = Cli.run("predict", weights, image, "--json");
    assertThat(last.exit()).isZero();
    assertThat(last.err()).contains("weights.safetensors is used instead");
    assertThat(Cli.run("train", "--resume", weights).err())
        .contains("it has weights, but no config.yaml")
        .doesNotContain("elete");
    assertThat(weights).isDirectoryNotContaining(path -> path.endsWith(".lock"));
  }

  @Test
  void aRunTrainedOnAGraphicsCardOpensWithoutOne() throws IOException {
    Path copy = copyOfRun();
    Path config = copy.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replace("device: auto", "device: cuda"));
    assertThat(Files.readString(config)).contains("device: cuda");
    assertThat(Cli.run("predict", copy, data.resolve("red/0.png")).exit()).isZero();
    assertThat(Cli.run("evaluate", copy).exit()).isZero();
    Cli.Result cuda = Cli.run("evaluate", copy, "--device", "cuda");
    assertThat(cuda.exit()).isEqualTo(1);
    assertThat(cuda.err()).contains("no CUDA device", "--device");
  }

  @Test
  void swappedArgumentsAreRecognized() {
    Cli.Result result = Cli.run("predict", data, run);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("it contains images, such as blue/0.png", "RUN comes first: predict " + run)
        .doesNotContain("elete");
  }

  @ParameterizedTest
  @CsvSource({
    "predict, red/0.png, is an image",
    "evaluate, red/0.png, is an image",
    "evaluate, '', is not a run"
  })
  void swappedArgumentsAreRecognizedWhateverComesFirst(String command, String first, String why) {
    Path wrong = data.resolve(first);
    Cli.Result result = Cli.run(command, wrong, run);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(why, "RUN comes first: " + command + " " + run + " " + wrong)
        .doesNotContain("damaged");
  }

  @Test
  void aWeightsFileHasNoDataOfItsOwn() throws IOException {
    Path weights = Files.copy(run.resolve("weights.safetensors"), folder.resolve("w.safetensors"));
    Cli.Result result = Cli.run("evaluate", weights);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("is weights only", "name the data too");
    assertThat(Cli.run("watch", weights).err()).contains("is a file, but a run is a folder");
  }

  @Test
  void aRunIsNotData() {
    Cli.Result result = Cli.run("train", run);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("It looks like a run");
  }

  @Test
  void aComparisonIsNotARunAndStaysAsItIs() throws IOException {
    Path comparison = Files.createDirectories(folder.resolve("cmp"));
    copy(run, comparison.resolve("ce-seed0"));
    Files.copy(run.resolve("config.yaml"), comparison.resolve("config.yaml"));
    Files.writeString(comparison.resolve("comparison.json"), "{}");
    Files.writeString(comparison.resolve("results.csv"), "mine");
    for (Object[] line :
        List.of(
            new Object[] {"predict", comparison, data.resolve("red/0.png")},
            new Object[] {"evaluate", comparison},
            new Object[] {"evaluate", comparison, data},
            new Object[] {"watch", comparison},
            new Object[] {"train", "--resume", comparison})) {
      Cli.Result result = Cli.run(line);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("it is a comparison", "such as ce-seed0");
    }
    assertThat(comparison.resolve("results.csv")).hasContent("mine");
    assertThat(comparison).isDirectoryNotContaining(path -> path.endsWith(".lock"));
  }

  @Test
  void aRunIsNotMadeAComparison() throws IOException {
    Cli.Result result =
        Cli.run(
            "compare",
            data,
            "--losses",
            "ce,focal",
            "--image-size",
            16,
            "--model",
            "resnet8",
            "--epochs",
            4,
            "--batch-size",
            8,
            "--precision",
            "fp32",
            "--out",
            run);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("is a run, not a comparison");
    assertThat(run.resolve("comparison.json")).doesNotExist();
  }

  @Test
  void evaluatesOnOtherDataByTheNamesOfTheirClasses() throws IOException {
    Path other = Pictures.folder(folder.resolve("other"), 7);
    Cli.Result result = Cli.run("evaluate", run, other, "--json");
    assertThat(result.exit()).isZero();
    assertThat(json(result.out()).path("samples").asInt()).isEqualTo(14);
    assertThat(json(result.out()).path("top1").asDouble()).isGreaterThan(0.9);
    Path weights = Files.createDirectories(folder.resolve("weights"));
    Files.copy(run.resolve("weights.safetensors"), weights.resolve("weights.safetensors"));
    assertThat(Cli.run("evaluate", weights, other).out())
        .contains("all images of " + other, "precision");
    assertThat(Cli.run("evaluate", run, other, "--split", "test").err())
        .contains("has no test part");
    Files.move(other.resolve("red"), other.resolve("green"));
    assertThat(Cli.run("evaluate", run, other).err())
        .contains("has the class green, which the model does not know");
  }

  @Test
  void measuresOnlyTheTestImagesOfItsOwnDataInANewPlace() throws IOException {
    Path moved = folder.resolve("moved");
    copy(data, moved);
    Cli.Result result = Cli.run("evaluate", run, moved, "--checkpoint", "last", "--json");
    assertThat(result.err()).contains("only its test images");
    assertThat(json(result.out()).path("loss"))
        .isEqualTo(json(Files.readString(run.resolve("result.json"))).path("test").path("loss"));
    JsonNode all = json(Cli.run("evaluate", run, moved, "--split", "all", "--json").out());
    assertThat(all.path("samples").asInt()).isEqualTo(40);
  }

  @Test
  void saysHowToNameDataThatMoved() throws IOException {
    Path copy = copyOfRun();
    Path config = copy.resolve("config.yaml");
    Path gone = folder.resolve("gone");
    Files.writeString(config, Files.readString(config).replace(data.toString(), gone.toString()));
    Cli.Result result = Cli.run("evaluate", copy);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("are no longer at " + gone, "evaluate RUN DATA");
    assertThat(Cli.run("evaluate", copy, data).exit()).isZero();
  }

  @Test
  void aDivergedFirstEpochClaimsNoCheckpoint() {
    Path diverged = folder.resolve("diverged");
    Cli.Result result =
        Cli.run(
            "train",
            "digits",
            "--loss",
            "nllr",
            "--lr",
            "1e30",
            "--warmup-epochs",
            0,
            "--limit-train",
            64,
            "--epochs",
            2,
            "--out",
            diverged);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(diverged.resolve("checkpoints")).doesNotExist();
    assertThat(diverged.resolve("diverged.json")).exists();
    assertThat(result.err())
        .contains("No checkpoint has been written yet", "--lr", "--clip-norm 1", "--precision fp32")
        .doesNotContain("is kept", "optim.lr");
  }

  @Test
  void predictionsNameTheirImagesAndClasses() throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("predictions.csv"));
    assertThat(lines.get(0)).startsWith("path,trueClass,predictedClass,image,label,");
    assertThat(lines.get(1)).matches("(red|blue)/\\d+\\.(png|jpg),(red|blue),(red|blue),0,.*");
  }
}
