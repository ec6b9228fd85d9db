package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people expect of any command line: clig.dev. */
class ConventionsTest {
  private static final Object[] SMALL = {
    "train", "digits", "--limit-train", 64, "--epochs", 2, "--batch-size", 16
  };

  @TempDir Path folder;

  static Stream<String> commands() {
    return new Main()
        .commandLine().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionNamesTheCommitJavaAndTheEngine(String option) {
    Cli.Result result = Cli.run(option);
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsPattern(
            "^discern \\d+\\.\\d+\\S* \\(commit ([0-9a-f]{40}(\\+changes)?|unknown)\\)\n")
        .contains("Java    " + System.getProperty("java.version"))
        .containsPattern("Engine  PyTorch \\d+\\.\\d+\\S*, OpenCV \\d+\\.\\d+")
        .doesNotContain("null");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyHelpListsTheExitCodesAndTheCommonOptions(String command) {
    Cli.Result help = Cli.run(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .containsPattern("Exit codes:\n +0 .*\n +1 (.|\n)*\n +2 (.|\n)*\n +130 (.|\n)*\n +143 ")
        .contains("--quiet", "--verbose", "--debug");
    assertThat(Cli.run("help", command).out()).isEqualTo(help.out());
  }

  @Test
  void helpAloneListsTheCommands() {
    assertThat(Cli.run("help").out()).isEqualTo(Cli.run().out()).contains("Commands:", "  130 ");
  }

  @Test
  void progressGoesToStandardErrorAndResultsToStandardOutput() {
    Cli.Result trained = Cli.run(Cli.with(SMALL, "--out", folder.resolve("run")));
    assertThat(trained.err()).contains("Training resnet8", "epoch 1/2", "epoch 2/2");
    assertThat(trained.out()).contains("Test accuracy").doesNotContain("epoch 1/2", "Training");
  }

  @Test
  void quietLeavesResultsAndFailures() {
    Path run = folder.resolve("run");
    Cli.Result trained = Cli.run(line(Cli.with(SMALL, "--out", run), "--quiet"));
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("Test accuracy", run.toString());
    Cli.Result again = Cli.run(line(Cli.with(SMALL, "--out", run), "-q"));
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("never writes over another");
    Object[] compared = {"compare", "digits", "--limit-train", 64, "--epochs", 1, "--seeds", 1};
    Cli.Result comparison =
        Cli.run(line(Cli.with(compared, "--out", folder.resolve("c")), "--no-control", "--quiet"));
    assertThat(comparison.err()).isEmpty();
    assertThat(comparison.out()).contains("Report");
  }

  @Test
  void verboseShowsVersionsAndTimes() throws Exception {
    Path images = Pictures.folder(folder.resolve("images"), 12);
    Cli.Result checked = Cli.run("check", images, "--out", folder.resolve("check"), "--verbose");
    assertThat(checked.exit()).isZero();
    assertThat(checked.err())
        .contains("(commit ", "Engine  PyTorch")
        .containsPattern("\\n[a-z ]+: \\d+\\.\\d s\n");
    assertThat(Cli.run("losses", "ce").err()).isEmpty();
  }

  @Test
  void anImageComesFromStandardInput() throws Exception {
    Path run = folder.resolve("run");
    Cli.run(line(Cli.with(SMALL, "--out", run), "--quiet"));
    Path image = Pictures.folder(folder.resolve("images"), 1).resolve("red/0.png");
    Cli.Result piped = piped(Files.readAllBytes(image), "predict", run, "-", "--json");
    assertThat(piped.err()).isEmpty();
    assertThat(piped.exit()).isZero();
    JsonNode answer = new JsonMapper().readTree(new StringReader(piped.out()));
    assertThat(answer.path("path").asString()).isEqualTo("-");
    JsonNode byName =
        new JsonMapper().readTree(new StringReader(Cli.run("predict", run, image, "--json").out()));
    assertThat(answer.path("classes")).isEqualTo(byName.path("classes"));

    Cli.Result both = piped(Files.readAllBytes(image), "predict", run, image, "-");
    assertThat(both.out().lines()).hasSize(2);
    Cli.Result explained =
        piped(
            Files.readAllBytes(image),
            "explain",
            run,
            "-",
            "--out",
            folder.resolve("page.html"),
            "--json");
    assertThat(explained.exit()).isZero();
    assertThat(explained.out()).contains("\"path\":\"-\"");
  }

  @Test
  void whatIsNoImageOnStandardInputIsNamedSo() {
    Path run = folder.resolve("run");
    Cli.run(line(Cli.with(SMALL, "--out", run), "--quiet"));
    Cli.Result text = piped("hello".getBytes(StandardCharsets.UTF_8), "predict", run, "-");
    assertThat(text.exit()).isEqualTo(1);
    assertThat(text.err()).contains("Standard input is not an image").doesNotContain(".image");
    Cli.Result nothing = piped(new byte[0], "predict", run, "-");
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.err())
        .isEqualTo("discern: Standard input is empty: pipe an image into it.\n");
  }

  @Test
  void bashCompletesCommandsOptionsAndLosses() throws Exception {
    Path script =
        Files.writeString(folder.resolve("completion"), Cli.run("completion", "bash").out());
    assertThat(completed(script, "tr")).containsExactly("train");
    assertThat(completed(script, "predict", "--cov")).containsExactly("--coverage");
    assertThat(completed(script, "train", "--loss", "cen")).containsExactly("center");
    assertThat(Cli.run("completion", "zsh").out()).contains("ZSH_VERSION", "bashcompinit");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAManualPage(String command) throws Exception {
    Cli.Result page = Cli.run("man", command);
    assertThat(page.exit()).isZero();
    assertThat(page.out())
        .startsWith(".TH \"DISCERN\\-" + command.toUpperCase(Locale.ROOT) + "\" \"1\"")
        .contains(".SH \"NAME\"\ndiscern\\-" + command + " \\- ", "\\-\\-quiet\\fR")
        .doesNotContain("${", "@|");
  }

  @Test
  void theManualPageNamesTheCommands() {
    assertThat(Cli.run("man").out()).contains("discern \\- Trains", "\\fBtrain\\fR", "\\fB130\\fR");
  }

  @Test
  void allManualPagesAreWrittenIntoAFolder() {
    assertThat(Cli.run("man", "--out", folder).exit()).isZero();
    assertThat(folder.resolve("discern.1")).isNotEmptyFile();
    commands().forEach(name -> assertThat(folder.resolve("discern-" + name + ".1")).exists());
    assertThat(Cli.run("man", "--out", folder.resolve("gone")).err()).contains("create it first");
  }

  private static Object[] line(Object[] line, Object... more) {
    return Stream.concat(Stream.of(line), Stream.of(more)).toArray();
  }

  private static Cli.Result piped(byte[] input, Object... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return Cli.run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    String line =
        "COMP_WORDS=(discern " + String.join(" ", words) + "); COMP_CWORD=" + words.length;
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source "
                    + script
                    + "; "
                    + line
                    + "; _complete_discern; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out.lines().map(String::strip).toList();
  }
}
