package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explained images in a browser: on a page of their own, and in a report. */
class ExplanationPageTest {
  private static final List<String> CLASSES = List.of("shirt", "dress", ReportFixture.HOSTILE);

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static ObjectNode explained(int seed) {
    ObjectNode node = Json.object().put("name", "photos/some folder/" + seed + ".jpg");
    node.put("picture", TinyImages.png(seed, new SplittableRandom(seed)));
    ArrayNode guesses = node.putArray("guesses");
    for (int k = 0; k < CLASSES.size(); k++) {
      guesses.addObject().put("label", k).put("probability", new double[] {0.7, 0.2, 0.1}[k]);
    }
    ArrayNode reasons = node.putArray("reasons");
    addReason(reasons, 0, 1000, 0, 0, 0, 0, 200);
    addReason(reasons, 1, 0, 0, 0, 0, 0, 0);
    ArrayNode neighbors = node.putArray("neighbors");
    for (int label : new int[] {0, 2, 1, 0}) {
      neighbors
          .addObject()
          .put("label", label)
          .put("similarity", 0.9)
          .put("path", "shirt/a.jpg")
          .put("picture", TinyImages.png(label, new SplittableRandom(label)));
    }
    return node;
  }

  private static void addReason(ArrayNode reasons, int label, int... values) {
    ObjectNode reason = reasons.addObject().put("label", label).put("probability", 0.5);
    reason.put("height", 2).put("width", 3).set("values", Json.MAPPER.valueToTree(values));
  }

  private static ObjectNode page() {
    ObjectNode page = Json.object().put("kind", "explanation").put("title", "2 explained images");
    page.putObject("setting").set("classes", Json.MAPPER.valueToTree(CLASSES));
    page.put("weights", "runs/x/checkpoints/best").put("model", "resnet8").put("method", "ce");
    page.putArray("notes").add("The nearest training images are left out.");
    ObjectNode found = page.putObject("explained").put("searched", 500).put("training", 900);
    found.putArray("images").add(explained(0)).add(explained(1));
    return page;
  }

  private static Path show(String name, String html) throws IOException {
    Path file = Files.writeString(folder.resolve(name), html);
    browser.resize(1400, 900);
    browser.media("screen", "light");
    browser.open("about:blank");
    browser.complaints();
    browser.requests();
    browser.open(file.toUri().toString());
    return file;
  }

  private static void showPage() throws IOException {
    Path file = show("explanation.html", Page.renderExplanations(page()));
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsEachImageWithItsMapsAndNeighbors() throws IOException {
    showPage();
    assertThat(browser.findAll("article.explained")).hasSize(2);
    assertThat(browser.findAll("article:first-of-type canvas")).hasSize(2);
    assertThat(browser.findAll("#contents a")).hasSize(3);
    assertThat(browser.find("main").getText())
        .contains("500 of 900 training images", "are left out", "no place raises its score")
        .contains(ReportFixture.HOSTILE);
    assertThat(browser.findAll("b")).isEmpty();
    assertThat(browser.find("canvas").getAttribute("aria-label"))
        .isEqualTo("Heat map for shirt, brightest at the top left");
    assertThat(browser.findAll("canvas").get(1).getAttribute("aria-label")).endsWith("nowhere");
  }

  @Test
  void marksNeighborsOfOtherClassesInWordsToo() throws IOException {
    showPage();
    assertThat(browser.findAll("article:first-of-type .nearest li")).hasSize(4);
    assertThat(browser.findAll("article:first-of-type .nearest li.other")).hasSize(2);
    assertThat(browser.find(".nearest li.other").getText()).contains("another class");
  }

  @Test
  void colorsGrowBrighterFromColdToHot() throws IOException {
    showPage();
    String light =
        """
        const c = document.querySelectorAll("canvas")[0];
        const sum = (x, y) => c.getContext("2d").getImageData(x, y, 1, 1).data.slice(0, 3).reduce((a, b) => a + b);
        return [sum(0, 0), sum(c.width / 3, 0), sum(c.width / 2, 0), sum(c.width - 1, c.height - 1)].join(" ");
        """;
    List<Double> sums =
        List.of(browser.text(light).split(" ")).stream().map(Double::parseDouble).toList();
    assertThat(sums.get(0)).isGreaterThan(sums.get(1));
    assertThat(sums.get(1)).isGreaterThan(sums.get(2));
    assertThat(sums.get(3)).isGreaterThan(sums.get(2)).isLessThan(sums.get(0));
  }

  @Test
  void fitsNarrowScreensAndPaper() throws IOException {
    showPage();
    browser.resize(360, 800);
    assertThat(browser.figure("return document.documentElement.scrollWidth - window.innerWidth"))
        .isNotPositive();
    assertThat(browser.pdf().length).isGreaterThan(1000);
  }

  @Test
  void aReportShowsTheErrorsThatTellMost() throws IOException {
    ObjectNode report = ReportFixture.run();
    ObjectNode found = report.putObject("explained").put("searched", 900).put("training", 900);
    ArrayNode images = found.putArray("images");
    images.add(explained(0).put("label", 1).put("why", "worst"));
    images.add(explained(1).put("label", 2).put("why", "confused"));
    show("report.html", Page.render(report));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.find("#explained").getText())
        .contains("Worst-classified", "Of the most confused pairs", "All 900 training images")
        .contains("Trouser, mistaken for T-shirt/top", "the true class", "the strongest rival");
  }
}
