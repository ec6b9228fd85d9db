package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.ConfigTree;
import dev.discern.config.Task;
import dev.discern.run.Defaults;
import dev.discern.run.LabelPredictions;
import dev.discern.run.RunListener;
import dev.discern.run.TestPredictions;
import dev.discern.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report of runs on pictures of several digits, from the files to the page in a browser. */
class LabelReportTest {
  private static final List<String> METHODS = List.of("multilabel-bce", "two-way-metric");

  @TempDir static Path folder;
  private static JsonNode results;

  @BeforeAll
  static void trainAndReport() {
    for (String method : METHODS) {
      for (int seed = 0; seed < 2; seed++) {
        TrainingRun.start(
            ConfigTree.of(Defaults.of("digits"))
                .with("data.compose", 4)
                .with("data.limitTrain", 200)
                .with("loss.spec", method)
                .with("train.epochs", 3)
                .with("train.batchSize", 20)
                .with("train.seed", seed)
                .toConfig("The test"),
            run(method, seed),
            new RunListener() {},
            () -> false);
      }
    }
    results =
        Report.write(
            folder,
            METHODS.stream()
                .flatMap(m -> Stream.of(Entry.of(run(m, 0)), Entry.of(run(m, 1))))
                .toList(),
            "./discern compare");
  }

  private static Path run(String method, int seed) {
    return folder.resolve(method + "-" + seed);
  }

  private static JsonNode result(String method, int seed) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(run(method, seed).resolve("result.json")));
  }

  private static LabelPredictions predictions(int seed) {
    return (LabelPredictions) TestPredictions.read(run("multilabel-bce", seed), Task.MANY_LABELS);
  }

  @Test
  void methodsAreJudgedByMeanAveragePrecision() throws IOException {
    double[] of = new double[2];
    for (int m = 0; m < 2; m++) {
      of[m] =
          (result(METHODS.get(m), 0).at("/last/test/mAP").asDouble()
                  + result(METHODS.get(m), 1).at("/last/test/mAP").asDouble())
              / 2;
      assertThat(results.at("/methods/" + m + "/figures/mAP/mean").asDouble())
          .isCloseTo(of[m], within(1e-12));
    }
    assertThat(results.at("/pairs/0/mAP/difference").asDouble())
        .isCloseTo(of[1] - of[0], within(1e-12));
    assertThat(results.at("/setting/score").asString()).isEqualTo("mAP");
    assertThat(results.at("/setting/compose").asInt()).isEqualTo(4);
    long onlyFirst = 0;
    for (int seed = 0; seed < 2; seed++) {
      LabelPredictions bce = predictions(seed);
      TestPredictions metric = TestPredictions.read(run("two-way-metric", seed), Task.MANY_LABELS);
      for (int i = 0; i < bce.size(); i++) {
        onlyFirst += bce.isRight(i) && !metric.isRight(i) ? 1 : 0;
      }
    }
    assertThat(results.at("/pairs/0/mAP/mcnemar/onlyA").asLong()).isEqualTo(onlyFirst);
  }

  @Test
  void mostConfusedArePooledOverTheSeeds() throws IOException {
    JsonNode pair = page().at("/losses/0/mostConfused/0");
    int a = pair.path("a").asInt();
    int b = pair.path("b").asInt();
    long images = 0;
    for (int seed = 0; seed < 2; seed++) {
      images +=
          predictions(seed).rows().stream()
              .filter(row -> row.labels().contains(a) && !row.predicted().contains(a))
              .filter(row -> row.predicted().contains(b) && !row.labels().contains(b))
              .count();
    }
    assertThat(pair.path("aAsB").asLong()).isEqualTo(images);
    assertThat(page().at("/losses/0/examples/0/images").size())
        .isEqualTo((int) Math.min(8, images));
  }

  private static JsonNode page() throws IOException {
    String html = Files.readString(folder.resolve("report.html"));
    String open = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(open);
    assertThat(from).isPositive();
    return JsonMapper.shared()
        .readTree(html.substring(from + open.length(), html.indexOf("</script>", from)));
  }

  @Test
  void thePageShowsWhatLabelsHaveAndNothingElse() throws IOException {
    try (Browser browser = Browser.start()) {
      browser.resize(1400, 900);
      browser.open(folder.resolve("report.html").toUri().toString());
      assertThat(browser.complaints()).isEmpty();
      assertThat(
              browser.text(
                  "return [...document.querySelectorAll('main > section')].map(s => s.id).join()"))
          .isEqualTo("verdict,results,paired,curves,confused,worst,classes,data,setting");
      assertThat(browser.text("return document.querySelector('#results table').textContent"))
          .contains("mAP, %", "Hamming loss, %", "Coverage, labels")
          .doesNotContain("ECE", "NaN", "undefined");
      assertThat(browser.text("return document.body.innerText"))
          .contains("2 to 4 images per picture", "Average precision per class")
          .doesNotContain("top-1");
      assertThat(browser.findAll("#worst li img")).isNotEmpty();
    }
  }
}
