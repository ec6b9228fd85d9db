package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Nothing floats, is cut without a hint, is marked without a reason, or is said twice. */
class PageFaultsTest {
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
  void noTwoClassesShareAColor() throws IOException {
    for (int classes : new int[] {10, 24}) {
      page.show(ReportFixture.comparison(classes));
      for (String scheme : List.of("light", "dark")) {
        browser.media("screen", scheme);
        assertThat(
                browser.list(
                    "return [...document.querySelectorAll('.class-button .marker')]"
                        + ".map(m => getComputedStyle(m).fill)"))
            .as("%d classes, %s", classes, scheme)
            .hasSize(classes)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void namesOnTheMapStayApartAndWithinIt() throws IOException {
    ObjectNode data = ReportFixture.comparison();
    // All classes in a heap at the lower edge, below a point that keeps the map large.
    ArrayNode points = (ArrayNode) data.at("/losses/0/map/tsne");
    for (int k = 1; k < points.size(); k++) {
      ArrayNode point = (ArrayNode) points.get(k);
      point.set(0, point.get(0).asDouble() / 20);
      point.set(1, point.get(1).asDouble() / 20);
    }
    points.set(0, points.arrayNode().add(0).add(90));
    page.show(data);
    for (int width : new int[] {1400, 420}) {
      browser.resize(width, 900);
      browser.await("return document.querySelectorAll('.map-name').length > 1");
      assertThat(
              browser.list(
                  """
                  const grid = document.querySelector('#map .axis.grid line').getBoundingClientRect();
                  const floor = [...document.querySelectorAll('#map .axis .domain')].at(-1).getBoundingClientRect();
                  const names = [...document.querySelectorAll('.map-name')].map((n) => [n.textContent, n.getBoundingClientRect()]);
                  const bad = names.filter(([, n]) => n.left < grid.left - 2 || n.right > grid.right + 2 || n.bottom > floor.top + 2);
                  const overlap = names.filter(([a, n], k) => names.some(([, m], l) => l > k
                    && n.left < m.right - 1 && m.left < n.right - 1 && n.top < m.bottom - 3 && m.top < n.bottom - 3));
                  return [...bad, ...overlap].map(([name]) => name);
                  """))
          .as("%d pixels wide", width)
          .isEmpty();
    }
  }

  @Test
  void aMeanIsBoldOnlyIfTheTestsFindItBest() throws IOException {
    ObjectNode data = ReportFixture.comparison();
    page.show(data);
    assertThat(browser.findAll("#results table strong")).isEmpty();
    assertThat(browser.findAll("#classes .best")).isEmpty();
    ((ObjectNode) data.path("pairs").get(2)).put("verdict", "better");
    page.show(data);
    assertThat(browser.findAll("#results table strong")).hasSize(1);
    assertThat(
            browser.text(
                "return document.querySelector('#results strong').closest('tr').textContent"))
        .startsWith("crl(alpha=1.5,beta=1)");
  }

  @Test
  void aFindingIsToldInWordsOnlyOnce() throws IOException {
    ObjectNode data = ReportFixture.comparison();
    ObjectNode verdict = (ObjectNode) data.get("verdict");
    ArrayNode sentences = verdict.putArray("sentences");
    data.path("pairs").forEach(pair -> sentences.add(pair.path("sentence").asString()));
    verdict.put("detail", "The difference is +0.42 points.");
    page.show(data);
    String text = browser.text("return document.querySelector('main').textContent");
    assertThat(text).containsOnlyOnce("The difference is +0.42 points.");
    assertThat(text).doesNotContain(sentences.get(0).asString());
    assertThat(text).containsOnlyOnce(sentences.get(1).asString());
    assertThat(browser.text("return document.querySelector('#paired').textContent"))
        .contains("Finding", "no difference detected");
  }

  @Test
  void aTableThatIsCutSaysSoUntilItsEnd() throws IOException {
    page.show(ReportFixture.comparison());
    String box = "document.querySelector('#paired .wide-table .scroll')";
    browser.resize(420, 900);
    browser.await("return " + box + ".classList.contains('more')");
    assertThat(
            browser.text(
                "return getComputedStyle(" + box + ".querySelector('caption'), '::after').content"))
        .contains("Scroll sideways");
    assertThat(browser.figure("return " + box + ".tabIndex")).isZero();
    browser.script("const b = " + box + "; b.scrollLeft = b.scrollWidth; return 1");
    browser.await("return !" + box + ".classList.contains('more')");
    browser.resize(1400, 900);
    browser.await("return !document.querySelector('#classes .scroll').classList.contains('wide')");
  }

  @Test
  void theContentsMarkTheSectionThatIsRead() throws IOException {
    page.show(ReportFixture.comparison());
    browser.resize(1400, 2000); // several sections at once
    List<?> ids =
        browser.list("return [...document.querySelectorAll('main > section')].map(s => s.id)");
    assertThat(marked()).isEqualTo("verdict");
    for (Object id : ids) {
      browser.script("document.querySelector(`a[href='#${arguments[0]}']`).click(); return 1", id);
      browser.await(
          "return document.querySelector('#contents [aria-current]').hash === '#' + arguments[0]",
          id);
    }
    browser.script("scrollTo(0, document.documentElement.scrollHeight / 2); return 1");
    browser.await(
        """
        const read = [...document.querySelectorAll('main > section')].findLast((s) => s.getBoundingClientRect().top <= 160);
        return document.querySelector('#contents [aria-current]').hash === '#' + read.id;
        """);
    browser.script("scrollTo(0, document.documentElement.scrollHeight); return 1");
    browser.await("return document.querySelector('#contents [aria-current]').hash === '#setting'");
    browser.script("scrollTo(0, 0); return 1");
    browser.await("return document.querySelector('#contents [aria-current]').hash === '#verdict'");
  }

  private static String marked() {
    return browser.text("return document.querySelector('#contents [aria-current]').hash.slice(1)");
  }

  @Test
  void theMatrixHasNoScrollBarWhereItFits() throws IOException {
    page.show(ReportFixture.comparison());
    for (int width : new int[] {1400, 700}) {
      browser.resize(width, 900);
      browser.await(
          "const heat = document.querySelector('.heat'); return heat.scrollWidth <="
              + " heat.clientWidth");
    }
  }

  @Test
  void photographsAreLargeAndSmallImagesSharp() throws IOException {
    ObjectNode data = ReportFixture.comparison();
    page.show(data);
    browser.await("return document.querySelector('#confused img').classList.contains('pixels')");
    assertThat(browser.find("#confused img").getSize().getWidth()).isEqualTo(56);
    assertThat(browser.find("#worst img").getSize().getWidth()).isEqualTo(84);
    data.put("pictureSide", 224);
    page.show(data);
    assertThat(browser.find("#confused img").getSize().getWidth()).isEqualTo(112);
    assertThat(browser.find("#worst img").getSize().getWidth()).isEqualTo(128);
  }

  @Test
  void theGainFromMoreImagesIsDrawnAndTold() throws IOException {
    ObjectNode data = ReportFixture.run();
    ObjectNode curve = data.putObject("sizeCurve").put("validationImages", 341);
    curve.put("sentence", "Twice as many images like these: about +1.2 points.");
    ArrayNode points = curve.putArray("points");
    double[] accuracies = {0.71, 0.79, 0.84, 0.87, 0.89};
    for (int k = 0; k < accuracies.length; k++) {
      ArrayNode draws = points.addObject().put("images", 200 << k).putArray("accuracies");
      draws.add(accuracies[k]);
      if (k < 4) {
        draws.add(accuracies[k] + 0.01);
      }
    }
    ObjectNode doubling = curve.putObject("doubling").put("gain", 0.012).put("low", 0.004);
    doubling.put("high", 0.021).put("supported", true);
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.find("#sizes .lead").getText()).startsWith("Twice as many images");
    assertThat(browser.findAll("#sizes .marker")).hasSize(6);
    assertThat(browser.findAll("#sizes .whisker")).hasSize(1);
    doubling.put("supported", false);
    page.show(data);
    assertThat(browser.findAll("#sizes .marker")).hasSize(5);
    assertThat(browser.findAll("#sizes .whisker")).isEmpty();
  }

  @Test
  void whatIsKnownOfTheDataIsToldAndLinked() throws IOException {
    ObjectNode data = ReportFixture.run();
    ObjectNode facts = data.putObject("dataFacts").put("source", "my photos");
    facts.putArray("sentences").add("Classes have 12 to 871 training images.");
    facts.putArray("smallClasses").addObject().put("name", "<b>skirt</b>").put("images", 12);
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    assertThat(
            browser.list("return [...document.querySelectorAll('#data li')].map(n => n.innerText)"))
        .isEqualTo(
            List.of(
                "Classes have 12 to 871 training images.",
                "1 class of few images: <b>skirt</b> (12)."));
    assertThat(browser.find("#data code").getText()).isEqualTo("./discern check 'my photos'");
    ObjectNode check = facts.putObject("check").put("page", "../check-my photos/check.html");
    check.put("faults", 2).put("images", 70).put("imagesHere", 67);
    check.putArray("kinds").addObject().put("title", "Duplicates").put("count", 3);
    page.show(data);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.find("#data a").getDomAttribute("href"))
        .isEqualTo("../check-my%20photos/check.html");
    assertThat(browser.find("#data").getText())
        .contains("found 2 faults. It saw 70 images; this report is of 67.", "Duplicates", "3");
    assertThat(browser.findAll("#data code")).isEmpty();
  }
}
