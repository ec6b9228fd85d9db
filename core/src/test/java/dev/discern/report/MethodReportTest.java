package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.ConfigTree;
import dev.discern.run.Defaults;
import dev.discern.run.RunDirectory;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a method logs of its own comes from the run's files to the page. */
class MethodReportTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir static Path folder;

  private static JsonNode page;

  @BeforeAll
  static void trainAndReport() throws IOException {
    train("members", "em-softmax(ensemble=2)", "none");
    train("growing", "ce", "class-expansion(stages=2)");
    List<Entry> entries =
        List.of(Entry.of(folder.resolve("members")), Entry.of(folder.resolve("growing")));
    JsonNode unused = Report.write(folder, entries, "./discern report");
    Matcher data = DATA.matcher(Files.readString(folder.resolve("report.html")));
    assertThat(data.find()).isTrue();
    page = JsonMapper.shared().readTree(data.group(1));
  }

  private static void train(String name, String loss, String curriculum) {
    TrainingRun.start(
        ConfigTree.of(Defaults.of("digits"))
            .with("data.limitTrain", 100)
            .with("train.epochs", 3)
            .with("train.batchSize", 20)
            .with("loss.spec", loss)
            .with("train.curriculum", curriculum)
            .toConfig("The test"),
        folder.resolve(name),
        new RunListener() {},
        () -> false);
  }

  @Test
  void termsAreThoseOfTheRunOverItsEpochs() {
    List<JsonNode> lines = RunDirectory.open(folder.resolve("members")).metrics();
    for (int epoch = 0; epoch < 3; epoch++) {
      for (String term : List.of("hsic", "cka")) {
        double logged = lines.get(epoch).path("train").path(term).asDouble(Double.NaN);
        assertThat(logged).isFinite();
        assertThat(
                page.at("/losses/0/epochs/" + epoch).path("term:" + term).path("mean").asDouble())
            .isCloseTo(logged, within(1e-15));
      }
    }
  }

  @Test
  void stagesAreThoseOfTheRun() {
    JsonNode stages =
        RunDirectory.open(folder.resolve("growing"))
            .readJson("curriculum.json")
            .orElseThrow()
            .path("stages");
    JsonNode shown = page.at("/losses/1/stages");
    assertThat(page.at("/losses/1/name").asString())
        .isEqualTo("ce@class-expansion(stages=2,warmup=1)");
    assertThat(shown.size()).isEqualTo(2);
    for (int s = 0; s < 2; s++) {
      assertThat(shown.get(s).path("classes")).isEqualTo(stages.get(s).path("classes"));
      assertThat(shown.get(s).path("confusion")).isEqualTo(stages.get(s).path("confusion"));
    }
    assertThat(page.at("/losses/0/stages").size()).isZero();
  }
}
