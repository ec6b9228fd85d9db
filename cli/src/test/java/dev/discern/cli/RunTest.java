package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs, by the commands. */
class RunTest {
  private static final Object[] SMALL = {
    "train", "digits", "--limit-train", "256", "--batch-size", "16", "--epochs", "3"
  };

  @TempDir Path folder;

  @Test
  void aRunLeavesItsRecordAndCanBeEvaluated() throws Exception {
    Path run = folder.resolve("run");
    Cli.Result trained = Cli.run(Cli.with(SMALL, "--out", run));
    assertThat(trained.err()).doesNotContain("discern: ");
    assertThat(trained.exit()).isZero();
    assertThat(trained.err()).contains("epoch 3/3");
    assertThat(trained.out()).contains("Test accuracy", run.toString());
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);
    assertThat(run.resolve("checkpoints/best")).exists();
    assertThat(run.resolve("checkpoints/last")).exists();
    JsonNode environment = json(run.resolve("environment.json"));
    assertThat(environment.path("dataFingerprint").asString()).hasSize(64);
    JsonNode result = json(run.resolve("result.json"));
    assertThat(result.path("test").path("samples").asInt()).isEqualTo(269);
    assertThat(result.path("test").path("top1").asDouble())
        .isEqualTo(result.path("last").path("test").path("top1").asDouble())
        .isGreaterThan(0.3);
    for (String figure : List.of("loss", "ece", "top5", "meanTrueProbability")) {
      assertThat(result.path("test").path(figure).isNumber()).isTrue();
    }
    assertThat(result.path("best").path("epoch").asInt()).isBetween(1, 3);
    assertThat(result.path("mostConfused").size()).isPositive();
    assertThat(result.path("secondsTotal").asDouble()).isPositive();
    assertThat(result.path("imagesPerSecond").asDouble()).isPositive();

    Cli.Result evaluated = Cli.run("evaluate", run, "--checkpoint", "last", "--json");
    JsonNode figures = new JsonMapper().readTree(evaluated.out());
    assertThat(figures.path("top1")).isEqualTo(result.path("test").path("top1"));
    assertThat(figures.path("loss")).isEqualTo(result.path("test").path("loss"));
    assertThat(Cli.run("evaluate", run).out()).contains("precision", "recall");
  }

  @Test
  void aUselessNetworkIsCalledUseless() throws Exception {
    Path run = folder.resolve("useless");
    Cli.Result trained = Cli.run(Cli.with(SMALL, "--epochs", "1", "--lr", "1e-9", "--out", run));
    assertThat(trained.exit()).isZero();
    assertThat(trained.out())
        .containsPattern("Test accuracy [0-9.]+ % \\(95 % interval [0-9.]+ to [0-9.]+ %\\) after")
        .contains("!          The network is no better than always saying");
    assertThat(json(run.resolve("results.json")).at("/verdict/headline").asString())
        .contains("no better than always saying");
    assertThat(Files.readString(run.resolve("report.html")))
        .containsPattern("<title>[0-9.]+ % accuracy on digits</title>");
  }

  @Test
  void theSameCommandGivesTheSameWeights() throws Exception {
    Cli.run(Cli.with(SMALL, "--out", folder.resolve("a")));
    Cli.run(Cli.with(SMALL, "--out", folder.resolve("b")));
    Cli.run(Cli.with(SMALL, "--out", folder.resolve("c"), "--seed", 1));
    assertThat(sha(folder.resolve("a"))).isEqualTo(sha(folder.resolve("b")));
    assertThat(sha(folder.resolve("a"))).isNotEqualTo(sha(folder.resolve("c")));
  }

  @Test
  void aKilledRunGoesOnToTheSameWeights() throws Exception {
    Path uncut = folder.resolve("uncut");
    Path cut = folder.resolve("cut");
    assertThat(Cli.run(Cli.with(SMALL, "--out", uncut)).exit()).isZero();

    Process process = Cli.start(Cli.with(SMALL, "--out", cut, "--epochs", 3));
    Cli.waitForLines(cut.resolve("metrics.jsonl"), 1, process);
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    assertThat(process.exitValue()).isEqualTo(137);
    assertThat(cut.resolve("result.json")).doesNotExist();

    Cli.Result resumed = Cli.run("train", "--resume", cut);
    assertThat(resumed.err()).doesNotContain("discern: ");
    assertThat(resumed.exit()).isZero();
    assertThat(sha(cut)).isEqualTo(sha(uncut));
    assertThat(Files.readAllLines(cut.resolve("metrics.jsonl"))).hasSize(3);
  }

  @Test
  void aRunKilledAtAnyMomentGoesOnOrSaysWhyNot() throws Exception {
    for (int milliseconds : new int[] {400, 900, 1500, 2200}) {
      Path run = folder.resolve("run" + milliseconds);
      Process process = Cli.start(Cli.with(SMALL, "--out", run));
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      Cli.Result resumed = Cli.run("train", "--resume", run);
      if (resumed.exit() == 0) {
        assertThat(run.resolve("result.json")).exists();
      } else {
        assertThat(resumed.err()).containsAnyOf("There is no run", "interrupted before it began");
      }
    }
  }

  @Test
  void sigtermSavesAndSaysHowToGoOn() throws Exception {
    Path run = folder.resolve("run");
    Process process = Cli.start(Cli.with(SMALL, "--out", run, "--epochs", 200));
    Cli.waitForLines(run.resolve("metrics.jsonl"), 1, process);
    process.toHandle().destroy();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(err).contains("Saved. Resume with: ./discern train --resume " + run);
    assertThat(run.resolve("checkpoints/last")).exists();
  }

  @Test
  void aHalvedCheckpointIsPassedOver() throws Exception {
    Path uncut = folder.resolve("uncut");
    Path cut = folder.resolve("cut");
    Cli.run(Cli.with(SMALL, "--out", uncut));
    Cli.run(Cli.with(SMALL, "--out", cut));
    Files.delete(cut.resolve("result.json"));
    Files.delete(cut.resolve("weights.safetensors"));
    Path last = cut.resolve("checkpoints/last");
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    Cli.Result resumed = Cli.run("train", "--resume", cut);
    assertThat(resumed.err()).contains("is damaged; resuming from the one before it (epoch 2");
    assertThat(resumed.exit()).isZero();
    assertThat(sha(cut)).isEqualTo(sha(uncut));
  }

  @Test
  void aContradictionToTheRunIsNamed() throws Exception {
    Path run = folder.resolve("run");
    Cli.run(Cli.with(SMALL, "--out", run));
    Cli.Result same = Cli.run("train", "digits", "--resume", run, "--epochs", 3, "--loss", "crl");
    assertThat(same.err()).doesNotContain("discern: ");
    assertThat(same.err()).contains("is finished");
    Cli.Result other = Cli.run("train", "--resume", run, "--lr", "0.5");
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("started with --lr 0.1, not 0.5");
    Cli.Result data = Cli.run("train", "fashion-mnist", "--resume", run);
    assertThat(data.exit()).isEqualTo(2);
    assertThat(data.err()).contains("started with data.source digits, not fashion-mnist");
  }

  @Test
  void aFolderOfPicturesIsLearntAndPredicted() throws Exception {
    Path data = Pictures.folder(folder.resolve("data"), 20);
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            data,
            "--image-size",
            16,
            "--model",
            "resnet8",
            "--epochs",
            6,
            "--batch-size",
            8,
            "--out",
            run);
    assertThat(trained.err()).doesNotContain("discern: ");
    assertThat(json(run.resolve("result.json")).path("test").path("top1").asDouble())
        .isEqualTo(1.0);
    Cli.Result predicted =
        Cli.run(
            "predict",
            run,
            data.resolve("red/0.png"),
            folder.resolve("gone.png"),
            data.resolve("blue"),
            "--json");
    assertThat(predicted.exit()).isEqualTo(1);
    assertThat(predicted.err()).contains("gone.png does not exist");
    List<String> lines = predicted.out().lines().toList();
    assertThat(lines).hasSize(21);
    assertThat(new JsonMapper().readTree(lines.get(0)).path("class").asString()).isEqualTo("red");
    assertThat(new JsonMapper().readTree(lines.get(1)).path("class").asString()).isEqualTo("blue");
  }

  @Test
  void changedDataAreRefusedOnResume() throws Exception {
    Path data = Pictures.folder(folder.resolve("data"), 12);
    Path run = folder.resolve("run");
    Cli.run(
        "train",
        data,
        "--image-size",
        16,
        "--model",
        "resnet8",
        "--epochs",
        2,
        "--batch-size",
        8,
        "--out",
        run);
    Files.delete(run.resolve("result.json"));
    Files.copy(data.resolve("red/0.png"), data.resolve("red/again.png"));
    Cli.Result resumed = Cli.run("train", "--resume", run);
    assertThat(resumed.exit()).isEqualTo(1);
    assertThat(resumed.err()).contains("have changed since it began");
  }

  @Test
  void aDivergedRunIsStoppedWithItsPlace() {
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.run(
            Cli.with(SMALL, "--out", run, "--loss", "nllr", "--lr", "1e30", "--warmup-epochs", 0));
    assertThat(trained.exit()).isEqualTo(1);
    assertThat(trained.err())
        .contains(
            "Training diverged: the loss became",
            "in epoch 1, step",
            "No checkpoint has been written yet");
  }

  @Test
  void listsCanBeReadByPrograms() {
    for (String command : List.of("losses", "models", "datasets", "doctor")) {
      Cli.Result text = Cli.run(command);
      Cli.Result machine = Cli.run(command, "--json");
      assertThat(text.exit()).isZero();
      assertThat(new JsonMapper().readTree(machine.out()).size()).isPositive();
    }
  }

  @Test
  void aLossIsExplainedWithItsFormulaAndDrawn() {
    Cli.Result crl = Cli.run("losses", "crl(beta=2)");
    assertThat(crl.err()).isEmpty();
    assertThat(crl.out())
        .contains("−ln p_y + β·ln(α + Σ_{i≠y} p_i)", "; exact", "alpha: α, ", "the paper's 1.5")
        .contains("crl(alpha=1.5,beta=2) over p_y ( * )", "its gain w", " *");

    assertThat(Cli.run("losses", "logit-norm").out())
        .contains("where 9 equally likely rivals share the rest", "‖z‖₂", "|**")
        .doesNotContain("its gain");
    assertThat(Cli.run("losses", "seesaw").out()).contains("equally likely rivals", "| *");
    assertThat(Cli.run("losses", "asymmetric").out())
        .contains("of a label that the image carries", "of a label that the image lacks", "| *");
    assertThat(Cli.run("losses", "center").out())
        .contains("has state beyond logits")
        .doesNotContain("| *");
    assertThat(Cli.run("losses", "class-expansion").out())
        .contains("; reconstruction", "stages: stages", "as many optimizer steps");
    assertThat(Cli.run("losses", "hinge").err()).contains("'hinge' is unknown");
  }

  private static String sha(Path run) throws Exception {
    byte[] bytes = Files.readAllBytes(run.resolve("weights.safetensors"));
    return HexFormat.of()
        .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(Files.readString(file));
  }
}
