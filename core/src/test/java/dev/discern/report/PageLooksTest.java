package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.node.ObjectNode;

/** Light, dark, narrow and on paper; and for those who use no pointer. */
class PageLooksTest {
  /** Contrast of an element's colour, or fill, with the ground behind it, after WCAG 2. */
  private static final String CONTRAST =
      """
      const [node, property] = arguments;
      const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const ground = (n) => {
        for (; n; n = n.parentElement) {
          const c = channels(getComputedStyle(n).backgroundColor);
          if (c.length === 3 || c[3] > 0) return c;
        }
        return [255, 255, 255];
      };
      const light = (c) => {
        const [r, g, b] = c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const pair = [light(channels(getComputedStyle(node)[property])), light(ground(node))];
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      """;

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
  void followTheSystemAndThenTheButton() throws IOException {
    page.show(ReportFixture.comparison());
    String light = background();
    browser.media("screen", "dark");
    String dark = background();
    assertThat(dark).isNotEqualTo(light);
    browser.find("#theme").click();
    assertThat(background()).isEqualTo(light);
    browser.find("#theme").click();
    assertThat(background()).isEqualTo(dark);
    browser.script("localStorage.clear(); return 1");
  }

  @Test
  void haveContrastInBothThemes() throws IOException {
    page.show(ReportFixture.comparison());
    for (String scheme : List.of("light", "dark")) {
      browser.media("screen", scheme);
      for (String text :
          List.of(
              "p.headline",
              ".subtitle",
              ".warnings li",
              ".warnings-title",
              "td",
              "caption",
              "figcaption p",
              "summary",
              ".contents a",
              "button",
              ".cell-panel p",
              "select",
              ".quiet",
              ".notes li",
              "pre code")) {
        assertThat(contrast(text, "color")).as(scheme + " " + text).isGreaterThanOrEqualTo(4.5);
      }
      for (String text :
          List.of(".axis text", ".axis-title", ".row-label", ".heat-label", ".map-name")) {
        assertThat(contrast(text, "fill")).as(scheme + " " + text).isGreaterThanOrEqualTo(4.5);
      }
      // Eight series' colours, as the marks of the first eight classes.
      for (int k = 1; k <= 8; k++) {
        String mark = ".class-button:nth-child(" + k + ") .marker";
        assertThat(contrast(mark, "fill")).as(scheme + " " + mark).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void haveContrastInTheStrongestCellOfTheMatrix() throws IOException {
    page.show(ReportFixture.comparison());
    for (String scheme : List.of("light", "dark")) {
      browser.media("screen", scheme);
      // The cell's colour over the page's, behind the page's ink.
      double contrast =
          browser.figure(
              """
              const channels = (c) => c.match(/[\\d.]+/g).map(Number);
              const style = (s) => getComputedStyle(document.querySelector(s));
              const page = channels(style('body').backgroundColor);
              const cell = style(".heat-cell[data-true='9'][data-predicted='8']");
              const heat = channels(cell.fill).map((v, k) => v * cell.fillOpacity + page[k] * (1 - cell.fillOpacity));
              const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
              const pair = [light(heat), light(channels(style('.heat-value').fill))];
              return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
              """);
      assertThat(contrast).as(scheme).isGreaterThanOrEqualTo(4.5);
    }
  }

  @Test
  void neverScrollSideways() throws IOException {
    ObjectNode longName = ReportFixture.comparison();
    longName.put("title", "crl(alpha=1.5,beta=1)/".repeat(6));
    for (ObjectNode data :
        List.of(
            ReportFixture.comparison(),
            ReportFixture.comparison(200),
            ReportFixture.hostile(),
            ReportFixture.run(),
            longName)) {
      page.show(data);
      for (int width : new int[] {400, 720, 1100}) {
        browser.resize(width, 800);
        browser.script("return document.body.offsetWidth"); // lays out anew
        assertThat(
                browser.figure(
                    "const root = document.documentElement;"
                        + " return root.scrollWidth - root.clientWidth;"))
            .as("pixels too many at " + width)
            .isLessThanOrEqualTo(0);
      }
    }
  }

  @Test
  void printWithoutControlsAndWithEverythingOpen() throws IOException {
    page.show(ReportFixture.comparison());
    browser.media("print", "dark");
    assertThat(background()).isEqualTo("rgb(255, 255, 255)");
    for (String control : List.of("#theme", ".contents", ".controls", ".copy", ".skip")) {
      assertThat(browser.findAll(control))
          .as(control)
          .isNotEmpty()
          .noneMatch(WebElement::isDisplayed);
    }
    assertThat(
            browser.holds(
                "return document.querySelector('#accuracy details:not([open]) table').checkVisibility()"))
        .as("the table of a chart")
        .isTrue();
    assertThat(browser.find("#verdict .headline").isDisplayed()).isTrue();
    assertThat(browser.findAll("figure svg[role=img]"))
        .hasSize(13)
        .allMatch(WebElement::isDisplayed);
  }

  @Test
  void printEveryChoiceAndGoBack() throws IOException {
    page.show(ReportFixture.comparison());
    browser.script("window.dispatchEvent(new Event('beforeprint')); return 1");
    browser.media("print", "light");
    // 6 measures, 2 figures for each of 3 pairs, 3 matrices, 3 maps, and 8 without a choice.
    assertThat(browser.findAll("figure")).hasSize(6 + 6 + 3 + 3 + 8);
    assertThat(
            browser.list(
                "return [...document.querySelectorAll('figure .plot')].filter(plot => {"
                    + " const svg = plot.querySelector('svg');"
                    + " return svg.childElementCount === 0"
                    + " || svg.getBoundingClientRect().width > plot.getBoundingClientRect().width + 1"
                    + "}).map(plot => plot.closest('figure').querySelector('h3').textContent)"))
        .as("charts that are empty or cut")
        .isEmpty();
    browser.media("screen", "light");
    browser.script("window.dispatchEvent(new Event('afterprint')); return 1");
    assertThat(browser.findAll("figure")).hasSize(13);
    assertThat(browser.findAll("details[open]")).isEmpty();
    assertThat(new String(browser.pdf(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void canBeReadByKeyboardAndScreenReader() throws IOException {
    page.show(ReportFixture.comparison());
    browser.find("body").sendKeys(Keys.TAB);
    assertThat(browser.text("return document.activeElement.className")).isEqualTo("skip");
    assertThat(browser.find(".skip").getRect().getX()).isNotNegative();
    assertThat(browser.findAll("h1")).hasSize(1);
    assertThat(
            browser.list(
                "return [...document.querySelectorAll('main > section')].filter(s =>"
                    + " !document.querySelector('nav a[href=\"#' + s.id + '\"]')"
                    + " || !document.getElementById(s.getAttribute('aria-labelledby'))).map(s => s.id)"))
        .as("sections without a name or a way to them")
        .isEmpty();
    assertThat(
            browser.list(
                "return [...document.querySelectorAll('h1, h2, h3')].map(h => Number(h.tagName[1]))"
                    + ".filter((level, k, all) => k > 0 && level > all[k - 1] + 1)"))
        .as("headings that skip a level")
        .isEmpty();
    assertThat(browser.findAll("img:not([alt]), img[alt='']")).isEmpty();
    assertThat(browser.findAll("select"))
        .extracting(WebElement::getAccessibleName)
        .doesNotContain("")
        .doesNotContainNull();
    assertThat(browser.findAll("button"))
        .extracting(WebElement::getAccessibleName)
        .doesNotContain("")
        .doesNotContainNull();
  }

  private static String background() {
    return browser.text("return getComputedStyle(document.body).backgroundColor");
  }

  private static double contrast(String selector, String property) {
    return browser.figure(CONTRAST, browser.find(selector), property);
  }
}
