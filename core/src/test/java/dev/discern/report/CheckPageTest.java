package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The page of a check in a browser. */
class CheckPageTest {
  private static final String HOSTILE = "<b>&\"'</script>";
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

  @BeforeEach
  void show() throws IOException {
    Path file = folder.resolve("check.html");
    Files.writeString(file, Page.renderCheck(data()));
    browser.resize(1400, 900);
    browser.media("screen", "light");
    browser.open("about:blank");
    browser.complaints();
    browser.requests();
    browser.open(file.toUri().toString());
  }

  private static ObjectNode data() {
    ObjectNode page = Json.object().put("kind", "check").put("title", "Check of " + HOSTILE);
    page.put("faults", 1).put("command", "./discern check photos");
    page.putObject("images").put("train", 10).put("test", 4);
    page.putArray("notes").add(HOSTILE);
    ArrayNode classes = page.putArray("classes");
    classes.addObject().put("name", "cat").put("images", 9).put("recall", 0.5).put("suspects", 2);
    classes.addObject().put("name", HOSTILE).put("images", 5).putNull("recall").put("suspects", 0);
    ArrayNode kinds = page.putArray("kinds");
    add(kinds, "duplicate-across-parts", "Duplicates across parts", true, 2);
    add(kinds, "suspect-label", "Labels that look wrong", false, 1);
    add(kinds, "blurred", "Blurred images", false, 0);
    ObjectNode pictures = page.putObject("pictures");
    ObjectNode names = page.putObject("imageNames");
    for (int i = 0; i < 4; i++) {
      pictures.put(Integer.toString(i), TinyImages.png(i, new SplittableRandom(i)));
      names.put(Integer.toString(i), "a/" + i + ".png");
    }
    return page;
  }

  private static void add(ArrayNode kinds, String key, String title, boolean fault, int count) {
    ObjectNode kind = kinds.addObject().put("key", key).put("title", title);
    kind.put("fault", fault).put("count", count);
    ArrayNode findings = kind.putArray("findings");
    for (int k = 0; k < count; k++) {
      ObjectNode finding = findings.addObject().put("text", "found " + k).put("score", k + 0.5);
      finding.put("total", 2);
      for (int file = 0; file < 2; file++) {
        finding
            .withArrayProperty("files")
            .addObject()
            .put("path", "a/" + HOSTILE + (2 * k + file) + ".png".repeat(9))
            .put("part", "train")
            .put("labels", "cat")
            .put("note", HOSTILE)
            .put("image", 2 * k + file);
      }
    }
  }

  @Test
  void asksForNothingAndShowsMarkupAsText() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).hasSize(1);
    assertThat(browser.findAll("b")).isEmpty();
    assertThat(browser.find("h1").getText()).contains(HOSTILE);
  }

  @Test
  void hasASectionForEachKindThatWasFound() {
    assertThat(browser.findAll("main h2").stream().map(WebElement::getText).toList())
        .hasSize(5)
        .contains("Duplicates across parts", "Labels that look wrong", "Classes")
        .doesNotContain("Blurred images");
    assertThat(browser.findAll("#duplicate-across-parts img")).hasSize(4);
    assertThat(browser.find(".headline").getText())
        .isEqualTo("1 fault, and 2 other findings for you to judge.");
  }

  @Test
  void sortsByAColumn() {
    String score = "#duplicate-across-parts thead th:last-child button";
    browser.find(score).click();
    browser.find(score).click();
    assertThat(browser.find("#duplicate-across-parts tbody tr").getText()).contains("found 1");
    assertThat(
            browser
                .find("#duplicate-across-parts thead th:last-child")
                .getDomAttribute("aria-sort"))
        .isEqualTo("descending");
  }

  @Test
  void neverScrollsSidewaysAndPrintsWhite() {
    for (int width : List.of(400, 720, 1100)) {
      browser.resize(width, 800);
      browser.script("return document.body.offsetWidth");
      assertThat(
              browser.figure(
                  "const root = document.documentElement;"
                      + " return root.scrollWidth - root.clientWidth;"))
          .as("pixels too many at " + width)
          .isLessThanOrEqualTo(0);
    }
    browser.media("print", "dark");
    assertThat(browser.text("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.findAll("#theme, .contents")).noneMatch(WebElement::isDisplayed);
    // Chromium does not repeat form controls at the top of later pages.
    assertThat(browser.text("return getComputedStyle(document.querySelector('th button')).display"))
        .isEqualTo("contents");
  }
}
