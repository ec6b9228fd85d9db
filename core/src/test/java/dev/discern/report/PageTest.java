package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The page as a file: whole, offline, and harmless whatever its data hold. */
class PageTest {
  private static final int MEBI = 1024 * 1024;
  @TempDir static Path folder;
  private static Browser browser;
  private static ShownPage page;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    page = new ShownPage(browser, folder);
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void asksForNothingAndComplainsOfNothing() throws IOException {
    Path file = page.show(ReportFixture.comparison());
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    assertThat(
            browser.list(
                "return performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith('data:'))"))
        .isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.findAll("main > section")).hasSize(14);
  }

  @Test
  void keepsTheLicenceOfItsLibrary() {
    assertThat(Page.render(ReportFixture.run()))
        .containsPattern("d3js.org v\\d+\\.\\d+\\.\\d+ Copyright");
  }

  @Test
  void showsMarkupInNamesAsText() throws IOException {
    ObjectNode data = ReportFixture.hostile();
    data.put("title", ReportFixture.HOSTILE);
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.findAll("b")).isEmpty();
    assertThat(browser.find("h1").getText()).isEqualTo(ReportFixture.HOSTILE);
    assertThat(browser.text("return document.title")).isEqualTo(ReportFixture.HOSTILE);
    assertThat(browser.text("return document.querySelector('#classes tbody').textContent"))
        .contains(ReportFixture.HOSTILE);
  }

  @Test
  void keepsTheDataAsTheyAreGiven() {
    ObjectNode data = ReportFixture.hostile();
    String json = Page.escapedJson(data);
    assertThat(json).doesNotContain("<", ">", "&");
    assertThat(JsonMapper.shared().readTree(json)).isEqualTo(data);
  }

  @Test
  void staysSmallAndLoadsWithManyClasses() throws IOException {
    for (int classes : new int[] {10, 200}) {
      Path file = page.show(ReportFixture.comparison(classes));
      assertThat(Files.size(file)).isLessThan(5L * MEBI);
      // From the start of the navigation to the end of the load event, drawing included.
      double millis =
          browser.figure("return performance.getEntriesByType('navigation')[0].loadEventEnd");
      System.out.printf("Report of %d classes: %.0f ms to load and draw%n", classes, millis);
      assertThat(millis).as("a hang").isPositive().isLessThan(20_000);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void tellsARunInItsOwnWords() throws IOException {
    page.show(ReportFixture.run());
    assertThat(browser.complaints()).isEmpty();
    assertThat(headings())
        .contains("Result", "The loss as a function", "Confusion")
        .doesNotContain("Results", "Paired differences", "Changes by class pair");
    assertThat(browser.find("#results").getText())
        .contains("only one seed")
        .doesNotContain("interval", "different losses");
    assertThat(browser.findAll("#confusion select[name=loss]")).isEmpty();
  }

  @Test
  void showsWhatAMethodLogsOfItsOwnAndInWhichOrderClassesCame() throws IOException {
    ObjectNode data = ReportFixture.comparison();
    ObjectNode loss = (ObjectNode) data.get("losses").get(0);
    loss.get("epochs")
        .forEach(
            epoch ->
                ((ObjectNode) epoch)
                    .putObject("term:cka")
                    .put("mean", 0.5)
                    .put("low", 0.4)
                    .put("high", 0.6));
    ObjectNode stage = loss.putArray("stages").addObject().put("seed", 3).put("stage", 1);
    stage.put("epoch", 2).putArray("classes").add("Shirt").add("Coat");
    stage.putObject("confusion").put("Shirt", 0.75).put("Coat", 0.5).put("Bag", 0.1);
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    Select measure = new Select(browser.find("#curves select[name=measure]"));
    measure.selectByVisibleText("CKA");
    assertThat(browser.find("#curves h3").getText()).startsWith("CKA by epoch");
    assertThat(browser.findAll("#curves .plot .curve")).hasSize(1);
    assertThat(browser.find("#stages table").getText())
        .contains("Shirt (0.75")
        .contains("Coat (0.5")
        .doesNotContain("Bag");
  }

  @Test
  void leavesOutSectionsWithoutData() throws IOException {
    ObjectNode data = JsonMapper.shared().createObjectNode().put("kind", "comparison");
    data.put("title", "Nothing yet");
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    assertThat(headings()).containsExactly("Results", "Paired differences");
    assertThat(browser.find("#results").getText()).contains("No loss has been run yet.");
    assertThat(browser.find("#paired").getText()).contains("no difference to judge");
  }

  @Test
  void standsWhateverPartIsMissing() throws IOException {
    List<ObjectNode> pages = new ArrayList<>();
    ReportFixture.comparison().propertyNames().forEach(key -> pages.add(without(key)));
    for (String key : lossKeys()) {
      pages.add(withoutInRun(key));
    }
    pages.add(withoutInTurn(0));
    pages.add(withoutInTurn(1));
    assertThat(pages).hasSizeGreaterThan(25);
    for (ObjectNode data : pages) {
      page.show(data);
      assertThat(browser.complaints()).as(data.propertyNames().toString()).isEmpty();
      assertThat(browser.text("return document.querySelector('main').textContent"))
          .doesNotContain("could not be drawn", "undefined", "NaN%");
    }
  }

  private static ObjectNode without(String key) {
    ObjectNode data = ReportFixture.comparison();
    data.remove(key);
    return data;
  }

  private static List<String> lossKeys() {
    return ReportFixture.run().get("losses").get(0).propertyNames().stream()
        .filter(key -> !key.equals("name"))
        .toList();
  }

  private static ObjectNode withoutInRun(String key) {
    ObjectNode data = ReportFixture.run();
    ((ObjectNode) data.get("losses").get(0)).remove(key);
    return data;
  }

  /** A comparison where each key is missing in one of two losses, and there in the other. */
  private static ObjectNode withoutInTurn(int first) {
    ObjectNode data = ReportFixture.comparison();
    List<String> keys = lossKeys();
    for (int k = 0; k < keys.size(); k++) {
      ((ObjectNode) data.get("losses").get((k + first) % 2)).remove(keys.get(k));
    }
    return data;
  }

  private static List<String> headings() {
    return browser.findAll("main h2").stream().map(h -> h.getAttribute("textContent")).toList();
  }
}
