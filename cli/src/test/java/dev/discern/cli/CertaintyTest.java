package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prediction sets and unsure answers, by the commands. */
class CertaintyTest {
  @TempDir private static Path shared;
  private static Path images = Path.of("");
  private static Path run = Path.of("");
  private static String printed = "";

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    images = Pictures.folder(shared.resolve("images"), 3);
    run = shared.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            "digits",
            "--limit-train",
            256,
            "--epochs",
            2,
            "--precision",
            "fp32",
            "--out",
            run);
    assertThat(trained.err()).doesNotContain("discern: ");
    printed = trained.out();
  }

  private static JsonNode first(Cli.Result result) {
    assertThat(result.err()).isEmpty();
    return new JsonMapper().readTree(result.out().lines().findFirst().orElseThrow());
  }

  @Test
  void trainingPrintsWhatCalibrationChanged() {
    assertThat(printed)
        .containsPattern(
            "Calibrated temperature \\d+\\.\\d\\d: calibration error 0\\.\\d{4}, before 0\\.")
        .containsPattern("--coverage 0\\.95: \\d+\\.\\d\\d % of the sets hold the true class");
  }

  @Test
  void coverageShowsTheSet() {
    Path image = images.resolve("red/0.png");
    JsonNode line = first(Cli.run("predict", run, image, "--coverage", 0.95, "--json"));
    int size = line.path("set").size();
    assertThat(size).isBetween(1, 10);
    assertThat(line.path("set").path(0)).isEqualTo(line.path("class"));
    assertThat(line.has("unsure")).isFalse();
    Cli.Result text = Cli.run("predict", run, image, "--coverage", 0.95);
    assertThat(text.out().split("%", -1)).hasSize(size + 1);
    JsonNode wide = first(Cli.run("predict", run, image, "--coverage", 0.99, "--json"));
    assertThat(wide.path("set").size()).isGreaterThanOrEqualTo(size);
  }

  @Test
  void rejectSaysUnsureBelowTheThreshold() {
    Path image = images.resolve("red/0.png");
    JsonNode plain = first(Cli.run("predict", run, image, "--json"));
    double top = plain.path("probability").asDouble();
    assertThat(plain.has("unsure")).isFalse();
    JsonNode sure = first(Cli.run("predict", run, image, "--reject", top - 1e-9, "--json"));
    assertThat(sure.path("unsure").asBoolean(true)).isFalse();
    assertThat(sure.path("class")).isEqualTo(plain.path("class"));
    JsonNode unsure = first(Cli.run("predict", run, image, "--reject", top + 1e-9, "--json"));
    assertThat(unsure.path("unsure").asBoolean(false)).isTrue();
    assertThat(unsure.path("class").isNull()).isTrue();
    assertThat(unsure.path("classes")).isEqualTo(plain.path("classes"));
    Cli.Result text = Cli.run("predict", run, image, "--reject", top + 1e-9, "--coverage", 0.9);
    assertThat(text.out()).contains("\tunsure  ", "%");
  }

  @Test
  void tooFewValidationImagesGiveSetsOfAllClassesAndSaySo() {
    Cli.Result result = Cli.run("predict", run, images.resolve("red/0.png"), "--coverage", 0.9999);
    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("a coverage of 0.9999 needs 9,999: every set holds all classes");
    assertThat(result.out().split("%", -1)).hasSize(11);
  }

  @ParameterizedTest
  @CsvSource({
    "--coverage, 1, '--coverage is 1.0, but it must lie between 0 and 1, such as 0.95.'",
    "--coverage, 0, '--coverage is 0.0'",
    "--coverage, 95, '--coverage is 95.0'",
    "--coverage, NaN, '--coverage is NaN'",
    "--reject, -0.5, '--reject is -0.5, but it must lie between 0 and 1, such as 0.9.'",
    "--reject, 1, '--reject is 1.0'"
  })
  void refusesWhatIsNoProbability(String option, String value, String message) {
    Cli.Result result = Cli.run("predict", run, images.resolve("red/0.png"), option, value);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void refusesTwoWaysToChooseHowManyClassesAreShown() {
    Cli.Result result =
        Cli.run("predict", run, images.resolve("red/0.png"), "--coverage", 0.9, "--top", 2);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--coverage and --top", "leave one of them out");
  }

  @Test
  void aModelWithoutCalibrationIsNamed() throws IOException {
    Path last = Files.copy(run.resolve("checkpoints/last"), folder.resolve("last"));
    Path image = images.resolve("red/0.png");
    Cli.Result result = Cli.run("predict", last, image, "--coverage", 0.9);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains(last + " has no calibration", "resume the run to its end, or train again");
    Cli.Result reject = Cli.run("predict", last, image, "--reject", 0.9);
    assertThat(reject.exit()).isZero();
    assertThat(reject.err()).contains("has no calibration", "usually are too high");
  }

  @Test
  void evaluateMeasuresTheSetsToo() {
    assertThat(Cli.run("evaluate", run).out()).contains("Calibrated ", "--coverage 0.9:");
    JsonNode figures = new JsonMapper().readTree(Cli.run("evaluate", run, "--json").out());
    assertThat(figures.at("/certainty/sets").size()).isEqualTo(2);
  }
}
