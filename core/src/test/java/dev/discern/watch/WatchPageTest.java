package dev.discern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.report.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, while the files of a run change below it. */
class WatchPageTest {
  private static final String[] CLASSES = {"oak", "maple", "beech"};

  @TempDir Path folder;
  private RunOnDisk run;
  private WatchServer server;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    browser = Browser.start();
    run = RunOnDisk.create(folder.resolve("my-run"));
    server = WatchServer.start(run.path(), 0);
    browser.resize(1400, 900);
    browser.media("screen", "light");
    browser.open(server.address().toString());
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
      run.close();
      browser.close();
    }
  }

  @Test
  void followsARunFromItsFirstStepToItsResult() {
    awaitState("Waiting for the first step");
    assertThat(text("#run")).isEqualTo("my-run");
    assertThat(text("#loss .empty")).isEqualTo("No epoch has finished yet");

    run.progress("training", 1, 5);
    awaitState("Training epoch 1 of 8");
    assertThat(text("#figures")).contains("812", "of 20", "0.7500", "so far this epoch");
    assertThat(browser.findAll("#loss .live")).hasSize(1);

    run.confusion(1, CLASSES, new int[][] {{0, 0, 7}, {0, 1, 3}, {1, 1, 9}, {2, 2, 1}});
    run.epoch(1);
    run.epoch(2);
    run.progress("training", 3, 10);
    awaitState("Training epoch 3 of 8");
    assertThat(browser.findAll("#accuracy .point.blue")).hasSize(2);
    assertThat(text("#accuracy .legend")).contains("validation 20.00", "epoch 2");
    assertThat(text("#figures")).contains("Best validation", "20.00", "11 s");
    assertThat(browser.figure("return document.getElementById('bar').value")).isEqualTo(2.5 / 8);
    assertThat(text("#confusion .pairs"))
        .isEqualTo("oak mistaken for maple: 3 of 10 (30.0\u202f%)");
    assertThat(text("#news")).isEqualTo("Epoch 2 of 8: validation accuracy 20.00\u202f%.");

    for (int epoch = 3; epoch <= 8; epoch++) {
      run.epoch(epoch);
    }
    awaitState("Evaluating on the test images");
    run.result();
    awaitState("Finished after 8 epochs");
    assertThat(text("#figures")).contains("96.25", "95.00", "0.0313", "1 min 15 s");
    assertThat(browser.findAll("#loss .live")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    String origin = server.address().toString();
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(origin));
  }

  @Test
  void callsTheEpochBestThatTheTrainerKeeps() {
    run.epoch(1, 100, 0.85);
    run.epoch(2, 100, 0.80);
    awaitCount("#accuracy .point.blue", 2);
    assertThat(text("#figures")).contains("85.00", "epoch 1").doesNotContain("epoch 2");
  }

  @Test
  void callsALateEpochBestWhereFewImagesMeasureIt() {
    run.epoch(1, 20, 0.85);
    run.epoch(2, 20, 0.80);
    run.epoch(3, 20, 0.10);
    awaitCount("#accuracy .point.blue", 3);
    assertThat(text("#figures")).contains("80.00", "epoch 2").doesNotContain("85.00");
  }

  @Test
  void saysWhyNothingGoesOn() {
    run.epoch(1);
    run.progress("training", 2, 3, Instant.now().minusSeconds(90));
    awaitText("#state-text", "No news for 1 min 3");
    assertThat(text("#note")).contains("./discern train --resume " + run.path());
    assertThat(text("#figures")).doesNotContain("812");
    run.progress("stopped", 2, 3);
    awaitState("Stopped in epoch 2 of 8");
    assertThat(text("#note")).contains("./discern train --resume " + run.path());
    run.progress("failed", 2, 3);
    awaitState("Failed in epoch 2 of 8");
    assertThat(text("#note")).isEqualTo("It became NaN.");
    run.progress("training", 2, 4);
    awaitState("Training epoch 2 of 8");
    assertThat(browser.find("#note").isDisplayed()).isFalse();
  }

  @Test
  void findsTheServerAgain() {
    URI address = server.address();
    run.progress("training", 1, 1);
    awaitState("Training epoch 1 of 8");
    server.close();
    awaitState("The connection is lost");
    run.epoch(1);
    run.progress("training", 2, 1);
    server = WatchServer.start(run.path(), address.getPort());
    awaitState("Training epoch 2 of 8");
    assertThat(browser.findAll("#accuracy .point.blue")).hasSize(1);
  }

  @Test
  void everyChartHasATitleItsAxesAndItsNumbersAsATable() {
    run.confusion(2, CLASSES, new int[][] {{0, 0, 7}, {0, 1, 3}, {1, 2, 4}, {2, 2, 1}});
    run.epoch(1);
    run.epoch(2);
    awaitCount("#speed .point", 2);
    for (String id : List.of("loss", "accuracy", "rate", "speed")) {
      assertThat(text("#" + id + " h3")).isNotBlank();
      assertThat(browser.findAll("#" + id + " .axis-title"))
          .hasSize(2)
          .allMatch(title -> !title.getText().isBlank());
      assertThat(browser.find("#" + id + " svg[role=img]").getAttribute("aria-label"))
          .contains("over 2 epochs. At epoch 2:");
      browser.find("#" + id + " summary").click();
      awaitCount("#" + id + " tbody tr", 2);
    }
    assertThat(text("#loss tbody tr")).isEqualTo("2 0.5000 0.7500");
    browser.find("#confusion summary").click();
    awaitCount("#confusion tbody tr", 2);
    assertThat(text("#confusion tbody tr")).isEqualTo("maple beech 4 100.0\u202f%");
    run.epoch(3);
    // An open table stays open and goes on.
    awaitCount("#loss tbody tr", 3);
    assertThat(
            browser.list(
                "return [...document.querySelectorAll('h1,h2,h3')].filter(h => h.offsetParent).map(h => h.tagName)"))
        .asString()
        .isEqualTo("[H1, H2, H2, H3, H3, H3, H3, H2, H3]");
  }

  @Test
  void followsARunOfSeveralLabelsByItsMeanAveragePrecision() {
    RunOnDisk labels = RunOnDisk.create(folder.resolve("labels"), "multilabel-bce");
    browser.open("about:blank");
    server.close();
    server = WatchServer.start(labels.path(), 0);
    browser.open(server.address().toString());
    awaitState("Waiting for the first step");
    assertThat(browser.find("#map").isDisplayed()).isTrue();
    labels.epochOfLabels(1);
    labels.epochOfLabels(2);
    labels.progress("training", 3, 10);
    awaitCount("#map .point.blue", 2);
    assertThat(text("#map .legend")).contains("validation 20.00", "epoch 2");
    assertThat(browser.find("#accuracy").isDisplayed()).isFalse();
    assertThat(browser.find("#confusion").isDisplayed()).isFalse();
    awaitText("#news", "Epoch 2 of 8: validation mAP 20.00\u202f%.");
    labels.close();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsTheValuesUnderThePointer() {
    run.epoch(1);
    run.epoch(2);
    run.epoch(3);
    awaitCount("#accuracy .point.blue", 3);
    browser.script(
        """
        const svg = document.querySelector("#accuracy .plot svg");
        svg.scrollIntoView();
        const point = svg.querySelector(".point.blue").getBoundingClientRect();
        svg.dispatchEvent(new PointerEvent("pointermove", {clientX: point.x, clientY: point.y}));
        return true;""");
    assertThat(text("#accuracy .legend")).contains("validation 10.00", "epoch 1");
    run.epoch(4);
    awaitCount("#accuracy .point.blue", 4);
    assertThat(text("#accuracy .legend")).contains("validation 10.00", "epoch 1");
  }

  @Test
  void fitsANarrowViewAndTheDark() {
    run.confusion(1, CLASSES, new int[][] {{0, 0, 7}, {0, 1, 3}, {1, 1, 9}, {2, 2, 1}});
    run.epoch(1);
    run.progress("training", 2, 4);
    awaitState("Training epoch 2 of 8");
    browser.resize(400, 800);
    browser.await("return document.querySelector('#loss .plot svg').clientWidth <= 370");
    assertThat(browser.figure("return document.documentElement.scrollWidth - window.innerWidth"))
        .isLessThanOrEqualTo(0);
    String ground = "return getComputedStyle(document.body).backgroundColor";
    assertThat(browser.text(ground)).isEqualTo("rgb(253, 252, 250)");
    browser.media("screen", "dark");
    assertThat(browser.text(ground)).isEqualTo("rgb(21, 24, 28)");
  }

  private void awaitCount(String selector, int count) {
    browser.await(
        "return document.querySelectorAll(arguments[0]).length === arguments[1]", selector, count);
  }

  private void awaitState(String sentence) {
    awaitText("#state-text", sentence);
  }

  private void awaitText(String selector, String beginning) {
    browser.await(
        "return document.querySelector(arguments[0]).textContent.startsWith(arguments[1])",
        selector,
        beginning);
  }

  /** As it is laid out, where it is HTML; else as it stands. */
  private String text(String selector) {
    String script =
        "const node = document.querySelector(arguments[0]);"
            + " return node.innerText ?? node.textContent;";
    return browser.text(script, selector).replaceAll("[\\n\\t ]+", " ").strip();
  }
}
