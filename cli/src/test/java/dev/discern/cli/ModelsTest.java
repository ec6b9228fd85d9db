package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models on the command line: shown, trained, resumed and put to use. */
class ModelsTest {
  @TempDir private Path folder;

  private static String shown(Object... line) {
    Cli.Result result = Cli.run(line);
    assertThat(result.err()).doesNotContain("discern: ");
    assertThat(result.exit()).isZero();
    return result.out();
  }

  private static JsonNode json(Object... line) {
    return new JsonMapper().readTree(shown(line));
  }

  @Test
  void listsEveryModelWithItsCost() {
    String out = shown("models");
    Models.CATALOGUE
        .all()
        .forEach(model -> assertThat(out).containsPattern("(?m)^" + model.name() + " "));
    assertThat(out)
        .containsPattern("(?m)^resnet18 +11\\.18 M +1\\.81 G +at 224 +ResNet-18$")
        .containsPattern("(?m)^resnet8 +74\\.6 k +12\\.24 M +at +32 ");
  }

  @Test
  void showsTheLayersOfOne() {
    String out = shown("models", "wrn(depth=10,width=1,drop=0.3)");
    assertThat(out)
        .startsWith("wrn(depth=10,width=1,drop=0.3): Wide residual network")
        .contains("Zagoruyko, Komodakis", "depth: 6n + 4")
        .containsPattern("(?m)^conv1 +3×3 convolution +16 × 32 × 32 +432 +442,368$")
        .contains("dropout 0.3", "in all, for an image of 3 × 32 × 32");
    assertThat(shown("models", "shufflenet_v2_x1_0"))
        .contains("3×3 depthwise convolution, stride 2", "channel shuffle", "max pooling");
    assertThat(shown("models", "vit_tiny_patch16_224"))
        .contains("attention, 3 heads", "197 × 192", "class token");
  }

  @Test
  void showsWhatOtherImagesCost() {
    assertThat(shown("models", "resnet18", "--image-size", 64))
        .contains("64 × 32 × 32", "in all, for an image of 3 × 64 × 64");
  }

  @Test
  void saysWhichModelsDoNotTakeTheImages() {
    assertThat(shown("models", "--image-size", 100))
        .containsPattern("(?m)^resnet18 +11\\.18 M +\\d+\\.\\d\\d M +at 100 +ResNet-18$")
        .containsPattern(
            "(?m)^vit_tiny_patch16_224 .*takes images whose sides are multiples of 16 pixels$");
    JsonNode transformer =
        json("models", "--json", "--image-size", 100)
            .valueStream()
            .filter(model -> model.path("name").asString().equals("vit_tiny_patch16_224"))
            .findFirst()
            .orElseThrow();
    assertThat(transformer.path("unfit").asString()).contains("multiples of 16");
    assertThat(transformer.has("multiplyAdds")).isFalse();
  }

  @Test
  void printsJson() {
    JsonNode all = json("models", "--json");
    assertThat(all.valueStream().map(model -> model.path("name").asString()).toList())
        .containsExactlyElementsOf(
            Models.CATALOGUE.all().stream().map(model -> model.name()).toList());
    JsonNode one = json("models", "resnet8", "--json", "--image-size", 16);
    assertThat(one.path("imageSize").intValue()).isEqualTo(16);
    assertThat(one.path("parameters").longValue()).isEqualTo(74_640);
    assertThat(one.path("layers").path(0).path("name").asString()).isEqualTo("conv1");
    assertThat(one.path("layers").valueStream().mapToLong(l -> l.path("multiplyAdds").longValue()))
        .hasSize(one.path("layers").size())
        .satisfies(
            each ->
                assertThat(each.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(one.path("multiplyAdds").longValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wrn(depth=10,width=1); wrn(depth=10,width=1,drop=0)",
        "resnet18; resnet18(drop=0,dropPath=0)"
      })
  void trainsResumesAndPredicts(String model, String spelled) throws IOException {
    Path run = folder.resolve("run");
    Object[] line = {
      "train", "digits", "--model", model, "--limit-train", 64, "--epochs", 1, "--batch-size", 32
    };
    String trained = shown(Cli.with(line, "--out", run));
    assertThat(trained).contains(run.toString());
    assertThat(Files.readString(run.resolve("config.yaml"))).contains(spelled);
    Cli.Result again = Cli.run("train", "--resume", run, "--model", model);
    assertThat(again.exit()).isZero();
    assertThat(again.out() + again.err()).contains("nothing is left to train");
    Cli.Result other = Cli.run("train", "--resume", run, "--model", "resnet8");
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("--model " + spelled);

    Path image = Pictures.folder(folder.resolve("data"), 2).resolve("red/0.png");
    String predicted = shown("predict", run, image, "--json");
    assertThat(new JsonMapper().readTree(predicted).path("path").asString())
        .isEqualTo(image.toString());
    assertThat(shown("evaluate", run)).isNotBlank();
  }
}
