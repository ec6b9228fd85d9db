package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole comparisons, by the commands. */
class CompareTest {
  private static final Object[] SMALL = {
    "compare", "digits", "--limit-train", 128, "--batch-size", 16, "--epochs", 2, "--seeds", 2
  };

  @TempDir private Path folder;

  @Test
  void comparesLossesWithTheirControlAndSaysWhatTheFiguresAllow() throws Exception {
    Path out = folder.resolve("c");
    Cli.Result result = Cli.run(Cli.with(SMALL, "--out", out));
    assertThat(result.err()).doesNotContain("discern: ");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("6 runs", "Expected  about");
    assertThat(result.out()).contains("ce@gain(crl(alpha=1.5,beta=1))", "Report");
    JsonNode results = json(out.resolve("results.json"));
    assertThat(results.path("methods").valueStream().map(m -> m.path("name").asString()))
        .containsExactly("ce", "crl(alpha=1.5,beta=1)", "ce@gain(crl(alpha=1.5,beta=1))");
    for (JsonNode method : results.path("methods")) {
      JsonNode top1 = method.at("/figures/top1");
      assertThat(top1.path("n").asInt()).isEqualTo(2);
      assertThat(top1.path("low").asDouble()).isLessThanOrEqualTo(top1.path("mean").asDouble());
    }
    assertThat(results.path("pairs").size()).isEqualTo(3);
    assertThat(results.at("/pairs/0/top1/holm").asDouble())
        .isGreaterThanOrEqualTo(results.at("/pairs/0/top1/tTest").asDouble());
    assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(7);
    assertThat(Files.size(out.resolve("report.html"))).isBetween(300_000L, 5_000_000L);
  }

  @Test
  void aControlsRateFollowsTheGainOfItsPair() throws Exception {
    Path out = folder.resolve("c");
    Cli.run(Cli.with(SMALL, "--seeds", 1, "--out", out));
    List<JsonNode> ce = metrics(out.resolve("ce-seed0"));
    List<JsonNode> crl = metrics(out.resolve("crl-alpha-1.5-beta-1-seed0"));
    List<JsonNode> control = metrics(out.resolve("ce-gain-crl-alpha-1.5-beta-1-seed0"));
    for (int epoch = 0; epoch < 2; epoch++) {
      double gain = crl.get(epoch).at("/train/gain").asDouble();
      assertThat(gain).isBetween(1.0, 5.0 / 3);
      assertThat(control.get(epoch).path("lr").asDouble())
          .isEqualTo(ce.get(epoch).path("lr").asDouble() * gain);
    }
    assertThat(Files.readString(out.resolve("ce-gain-crl-alpha-1.5-beta-1-seed0/config.yaml")))
        .containsPattern("lrFactorsOf: \"?crl\\(alpha=1.5,beta=1\\)");
  }

  @Test
  void goesOnWhereItWasKilledAndRepeatsNothing() throws Exception {
    Path out = folder.resolve("c");
    Process process = Cli.start(Cli.with(SMALL, "--epochs", 8, "--out", out));
    Cli.waitForLines(out.resolve("crl-alpha-1.5-beta-1-seed0/metrics.jsonl"), 2, process);
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    FileTime before = Files.getLastModifiedTime(out.resolve("ce-seed0/weights.safetensors"));

    Cli.Result again = Cli.run(Cli.with(SMALL, "--epochs", 8, "--out", out));
    assertThat(again.err()).doesNotContain("discern: ");
    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("1 of them done");
    assertThat(Files.getLastModifiedTime(out.resolve("ce-seed0/weights.safetensors")))
        .isEqualTo(before);

    Path uncut = folder.resolve("uncut");
    Cli.run(Cli.with(SMALL, "--epochs", 8, "--out", uncut));
    assertThat(Files.readAllBytes(out.resolve("crl-alpha-1.5-beta-1-seed0/weights.safetensors")))
        .isEqualTo(
            Files.readAllBytes(uncut.resolve("crl-alpha-1.5-beta-1-seed0/weights.safetensors")));

    Map<Path, FileTime> times = times(out);
    Cli.Result done = Cli.run(Cli.with(SMALL, "--epochs", 8, "--out", out));
    assertThat(done.err()).contains("6 of them done");
    assertThat(times(out)).isEqualTo(times);
  }

  @Test
  void severalJobsMakeTheSameComparison() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Cli.run(Cli.with(SMALL, "--out", one));
    Cli.Result result = Cli.run(Cli.with(SMALL, "--jobs", 2, "--out", two));
    assertThat(result.err()).doesNotContain("discern: ");
    // The tests run on one thread, so even the bits are the same.
    assertThat(Files.readString(two.resolve("results.csv")))
        .isEqualTo(Files.readString(one.resolve("results.csv")));
  }

  /** Whatever a trial would choose here: one of the two is not what it chooses. */
  @ParameterizedTest
  @ValueSource(strings = {"fp32", "bf16"})
  void allRunsComputeInThePrecisionThatTheFirstRecorded(String precision) throws Exception {
    Path out = folder.resolve("c");
    Object[] line = Cli.with(SMALL, "--losses", "ce,crl", "--out", out);
    Cli.run(line);
    Path second = out.resolve("crl-alpha-1.5-beta-1-seed0");
    Path facts = out.resolve("ce-seed0").resolve("environment.json");
    Files.writeString(
        facts,
        Files.readString(facts)
            .replaceAll("(\"(training|inference)\" *: *)\"[a-z0-9]+\"", "$1\"" + precision + "\""));
    for (Path run : List.of(second, out.resolve("ce-gain-crl-alpha-1.5-beta-1-seed0"))) {
      try (Stream<Path> files = Files.walk(run)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }

    assertThat(Cli.run(line).exit()).isZero();

    JsonNode recorded = json(second.resolve("environment.json")).path("precision");
    assertThat(recorded.path("training").asString()).isEqualTo(precision);
    assertThat(recorded.path("inference").asString()).isEqualTo(precision);
  }

  @Test
  void aDivergedRunIsARowAndItsControlIsNotRun() throws Exception {
    Path out = folder.resolve("c");
    Object[] diverging = Cli.with(SMALL, "--lr", "1e30", "--warmup-epochs", 0, "--out", out);
    Cli.Result result = Cli.run(Cli.with(diverging, "--losses", "ce,nllr"));
    assertThat(result.err()).contains("There is no gain").doesNotContain("discern: ");
    assertThat(result.out()).contains("No run of nllr finished (diverged): Training diverged");
    assertThat(result.exit()).isEqualTo(1);
    JsonNode results = json(out.resolve("results.json"));
    assertThat(results.at("/methods/1/figures").isNull()).isTrue();
    assertThat(results.at("/methods/1/runs/0/state").asString()).isEqualTo("diverged");
    assertThat(results.at("/methods/2/runs/0/state").asString()).isEqualTo("missing");
    assertThat(out.resolve("report.html")).exists();

    Map<Path, FileTime> times = times(out);
    assertThat(Cli.run(Cli.with(diverging, "--losses", "ce,nllr")).exit()).isEqualTo(1);
    assertThat(times(out)).isEqualTo(times);
  }

  @Test
  void oneSeedGivesFiguresAndNoTest() throws Exception {
    Path out = folder.resolve("c");
    Object[] line =
        Stream.of(Cli.with(SMALL, "--seeds", 1, "--out", out), new Object[] {"--no-control"})
            .flatMap(Stream::of)
            .toArray();
    Cli.Result right = Cli.run(line);
    assertThat(right.out()).contains("no test is possible").doesNotContain("@gain");
    assertThat(json(out.resolve("results.json")).at("/pairs/0/top1/tTest").isNull()).isTrue();
    assertThat(json(out.resolve("results.json")).at("/pairs/0/verdict").asString())
        .isEqualTo("no test possible");
  }

  @Test
  void aCurriculumIsPairedWithItsPlainSchedule() throws Exception {
    Path out = folder.resolve("c");
    Cli.Result result =
        Cli.run(
            Cli.with(
                SMALL, "--epochs", 3, "--out", out, "--losses", "ce,ce@class-expansion(stages=2)"));
    assertThat(result.err()).doesNotContain("discern: ");
    String taught = "ce@class-expansion(stages=2,warmup=1)";
    assertThat(json(out.resolve("results.json")).at("/pairs/0/b").asString()).isEqualTo(taught);
    assertThat(json(out.resolve("results.json")).at("/pairs/0/n").asInt()).isEqualTo(2);
    Path run = out.resolve("ce-class-expansion-stages-2-warmup-1-seed1");
    assertThat(run.resolve("curriculum.json")).exists();
    assertThat(out.resolve("ce-seed1/curriculum.json")).doesNotExist();
    assertThat(metrics(run))
        .extracting(line -> line.path("steps").asInt())
        .isEqualTo(
            metrics(out.resolve("ce-seed1")).stream().map(m -> m.path("steps").asInt()).toList());
  }

  @Test
  void refusesWhatCannotBeCompared() {
    refuses("name ce twice", "--losses", "ce,crl,ce");
    refuses("name crl(alpha=1.5,beta=1) twice", "--losses", "crl,crl(beta=1)");
    refuses("choose one of ce", "--losses", "ce,hinge");
    refuses("nothing to compare it with", "--losses", "ce");
    refuses("add crl(alpha=1.5,beta=1) to the losses", "--losses", "ce,ce@gain(crl)");
    refuses("--seeds is 0", "--seeds", 0);
    refuses("--jobs is 0", "--jobs", 0);
    refuses("compare takes --losses", "--loss", "crl");
    refuses("compare the losses ce and ce@", "--curriculum", "class-expansion");
    refuses("--batch-size is 0", "--batch-size", 0);
  }

  private void refuses(String sentence, Object... options) {
    Path out = folder.resolve("refused");
    Cli.Result result = Cli.run(Cli.with(Cli.with(SMALL, "--out", out), options));
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void anotherComparisonsFolderIsRefusedByTheDifference() {
    Path out = folder.resolve("c");
    Cli.run(Cli.with(SMALL, "--seeds", 1, "--epochs", 1, "--out", out));
    Cli.Result other =
        Cli.run(Cli.with(SMALL, "--seeds", 1, "--epochs", 1, "--lr", 0.2, "--out", out));
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("holds a comparison with --lr 0.1, not 0.2");
  }

  @Test
  void joinsRunsMadeApartAndRefusesThoseThatDiffer() throws Exception {
    Object[] train = {"train", "digits", "--limit-train", 64, "--batch-size", 16, "--epochs", 1};
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    Path other = folder.resolve("other");
    Path joined = Files.createDirectory(folder.resolve("joined"));
    Cli.run(Cli.with(train, "--loss", "ce", "--out", a));
    Cli.run(Cli.with(train, "--loss", "nllr", "--lr", 0.01, "--out", b));
    Cli.run(Cli.with(train, "--loss", "nllr", "--split-seed", 1, "--out", other));
    assertThat(a.resolve("report.html")).exists();

    Cli.Result result = Cli.run("report", a, b, "--out", joined);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("nllr, optim.lr 0.01", "ce, optim.lr 0.1");

    failsWith(
        2, "--split-seed is 0 in the first, 1 in the second", "report", a, other, "--out", joined);
    failsWith(2, "are the same", "report", a, a, "--out", joined);
    failsWith(2, "Several RUNs need --out", "report", a, b);
    failsWith(2, "There is no run", "report", folder.resolve("gone"));
    Path predictions = a.resolve("predictions.csv");
    List<String> lines = Files.readAllLines(predictions);
    Files.write(predictions, lines.subList(0, 100));
    failsWith(1, "one of them is cut", "report", a);
    Files.delete(predictions);
    failsWith(1, "predictions.csv is missing", "report", a);
  }

  private static void failsWith(int exit, String sentence, Object... line) {
    Cli.Result result = Cli.run(line);
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(exit);
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    JsonMapper mapper = new JsonMapper();
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream().map(mapper::readTree).toList();
  }

  private static Map<Path, FileTime> times(Path folder) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().contains("seed")).toList()) {
        if (Files.isRegularFile(file) && !file.endsWith(".lock")) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }

  private static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(Files.readString(file));
  }
}
