package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The charts: complete, named, backed by tables, and answering to pointer and keyboard. */
class PageChartsTest {
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

  @BeforeEach
  void show() throws IOException {
    page.show(ReportFixture.comparison());
  }

  @Test
  void areAllThere() {
    assertThat(texts("figcaption h3"))
        .containsExactly(
            "Test accuracy by loss",
            "Differences in test accuracy",
            "Validation accuracy by epoch",
            "Confusion of class pairs, crl(alpha=1.5,beta=1) − ce",
            "Margin of the same pairs, crl(alpha=1.5,beta=1) − ce",
            "Confusion, ce",
            "Reliability",
            "Probabilities of the true class and of its strongest rival",
            "Sets that hold the true class",
            "Accuracy by the share of images answered",
            "Loss by probability of the true class",
            "Gain by probability of the true class",
            "Map of the test images by t-SNE, ce");
  }

  @Test
  void haveCaptionsAxisTitlesAndTables() {
    for (WebElement figure : browser.findAll("figure")) {
      String title = figure.findElement(By.cssSelector("h3")).getText();
      assertThat(figure.findElement(By.cssSelector("figcaption p")).getText())
          .as(title)
          .endsWith(".");
      WebElement svg = figure.findElement(By.cssSelector("svg[role=img]"));
      assertThat(svg.getAttribute("aria-label")).as(title).isNotBlank();
      assertThat(svg.findElements(By.cssSelector(".axis-title"))).as(title).isNotEmpty();
      assertThat(svg.findElements(By.cssSelector(".marker, .heat-cell, .bar")))
          .as(title)
          .isNotEmpty();
      figure.findElement(By.cssSelector("summary")).click();
      // A long table is built by the opening's event, which may come after the click returns.
      WebElement table =
          new WebDriverWait(browser.driver(), Duration.ofSeconds(10))
              .until(any -> figure.findElement(By.cssSelector("details table")));
      assertThat(table.findElement(By.cssSelector("caption")).getText()).as(title).isNotBlank();
      assertThat(table.findElements(By.cssSelector("thead th[scope=col]")))
          .as(title)
          .hasSizeGreaterThan(1);
      assertThat(table.findElements(By.cssSelector("tbody th[scope=row]")))
          .as(title)
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void haveTheirFiguresInTheTable() {
    String cells = text("#accuracy details");
    assertThat(cells).contains("90.98", "0.19", "91.40").contains("nllr");
    assertThat(browser.findAll("#accuracy .marker")).hasSize(3);
    assertThat(browser.findAll("#accuracy .seed")).hasSize(15);
    assertThat(text("#accuracy svg")).contains("diverged");
    assertThat(text("#differences details")).contains("+0.42", "+0.17 to +0.67");
  }

  @Test
  void showCalibrationSetsAndAnswers() throws IOException {
    assertThat(text("#calibration .calibrated-figures")).contains("1.42", "0.0310", "0.0064");
    assertThat(browser.findAll("#reliability .curve.calibrated")).hasSize(3);
    assertThat(texts("#sets .row-label")).hasSize(6).first().asString().contains("90", "91.4");
    assertThat(text("#answers details")).contains("100", "91.00");
    ObjectNode old = ReportFixture.comparison();
    old.path("losses").forEach(loss -> ((ObjectNode) loss).remove("certainty"));
    page.show(old);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.findAll("#certainty, .calibrated-figures")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0007, 0.004, 0.012, 0.019, 0.06, 0.3})
  void labelEveryTickOfADifferenceApart(double most) throws IOException {
    ObjectNode narrow = ReportFixture.comparison();
    for (JsonNode pair : narrow.path("pairs")) {
      ((ObjectNode) pair.path("top1")).put("low", -most).put("high", most);
    }
    page.show(narrow);
    assertThat(texts("#differences .axis .tick text"))
        .as("%s", most)
        .hasSizeGreaterThan(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void drawEveryMeasureOfTheEpochs() {
    Select measure = select("#curves", "measure");
    assertThat(measure.getOptions()).hasSize(6);
    for (int k = 0; k < 6; k++) {
      measure.selectByIndex(k);
      String option = measure.getFirstSelectedOption().getText();
      assertThat(text("#curves h3")).startsWith(option);
      assertThat(texts("#curves .axis-title")).hasSize(2).contains("epoch").doesNotContain("");
      // Cross-entropy's gain is not measured.
      assertThat(browser.findAll("#curves .plot .curve")).hasSize(option.equals("Gain") ? 2 : 3);
    }
  }

  @Test
  void tellSeriesApartByDashAndMarkerToo() {
    List<?> dashes =
        browser.list(
            "return [...document.querySelectorAll('#curves .plot .curve')]"
                + ".map(c => c.getAttribute('stroke-dasharray') ?? 'none')");
    assertThat(dashes).hasSize(3).doesNotHaveDuplicates();
    assertThat(
            browser.list(
                "return [...document.querySelectorAll('#curves .legend .marker')]"
                    + ".map(m => m.getAttribute('d'))"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void sortTheConfusedClasses() {
    List<String> byIndex = texts(".row-name");
    select("#confusion", "sort").selectByValue("similarity");
    List<String> bySimilarity = texts(".row-name");
    select("#confusion", "sort").selectByValue("error");
    List<String> byError = texts(".row-name");
    assertThat(byIndex).startsWith("T-shirt/top", "Trouser").hasSize(10);
    assertThat(bySimilarity)
        .startsWith("Ankle boot", "Bag")
        .containsExactlyInAnyOrderElementsOf(byIndex);
    assertThat(byError)
        .startsWith("Shirt", "Ankle boot")
        .containsExactlyInAnyOrderElementsOf(byIndex);
    assertThat(texts(".column-name")).isEqualTo(byError);
  }

  @Test
  void showTheImagesOfACellThatIsClicked() {
    WebElement cell = browser.find(".heat-cell[data-true='6'][data-predicted='7']");
    browser.script("arguments[0].scrollIntoView({block: 'center'}); return 1", cell);
    cell.click();
    assertThat(text(".cell-panel")).contains("Shirt mistaken for Sneaker: 480 of 5,000");
    assertThat(browser.findAll(".cell-panel img[alt*='Shirt mistaken for Sneaker']")).hasSize(8);
  }

  @Test
  void showTheImagesOfACellThatIsEntered() {
    WebElement matrix = browser.find("#confusion .plot");
    browser.script("arguments[0].focus(); return 1", matrix);
    // From the worst cell, in the last row: up two rows, left one column.
    matrix.sendKeys(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_LEFT);
    assertThat(text(".cell-panel")).contains("Ankle boot mistaken for Bag");
    assertThat(text("#live")).isEqualTo("Sneaker recognized: 4,355 of 5,000 (87.1\u202f%)");
    matrix.sendKeys(Keys.ARROW_RIGHT, Keys.ENTER);
    assertThat(text(".cell-panel")).contains("Sneaker mistaken for Bag: 210 of 5,000");
    assertThat(browser.findAll(".cell-panel img")).hasSize(8);
  }

  @Test
  void showCountsInsteadOfShares() {
    assertThat(texts(".heat-value")).contains("12.0").doesNotContain("600");
    select("#confusion", "show").selectByValue("counts");
    assertThat(texts(".heat-value")).contains("600").doesNotContain("12.0");
  }

  @Test
  void startWithTheWorstOfManyClasses() throws IOException {
    page.show(ReportFixture.comparison(120));
    assertThat(texts(".row-name")).hasSize(30);
    select("#confusion", "extent").selectByValue("all");
    assertThat(texts(".row-name")).hasSize(120);
    double pitch =
        browser.figure("return document.querySelector('.heat-cell').getBoundingClientRect().width");
    assertThat(pitch).as("pixels a cell").isGreaterThanOrEqualTo(8);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void changeTheProjectionAndTheLossOfTheMap() {
    select("#map", "kind").selectByValue("pca");
    assertThat(texts("#map .axis-title"))
        .contains("component 1, 41.2 % of the variance", "component 2, 18.7 % of the variance");
    select("#map", "loss").selectByIndex(1);
    assertThat(text("#map h3")).isEqualTo("Map of the test images by PCA, crl(alpha=1.5,beta=1)");
    assertThat(browser.findAll("#map .map-point")).hasSize(600);
  }

  @Test
  void showTheImageBehindAPointToPointerAndKeyboard() {
    assertThat(browser.find("#tip").isDisplayed()).isFalse();
    WebElement map = browser.find("#map .plot");
    browser.script("arguments[0].scrollIntoView({block: 'center'}); return 1", map);
    WebElement point = browser.find("#map .map-point");
    new Actions(browser.driver()).moveToElement(point).perform();
    assertThat(browser.findAll("#tip img")).hasSize(1);
    String hovered = text("#tip");
    map.sendKeys(Keys.ARROW_RIGHT);
    assertThat(text("#tip")).startsWith("test image").isNotEqualTo(hovered);
    assertThat(text("#live")).startsWith("test image");
    map.sendKeys(Keys.ESCAPE);
    assertThat(browser.find("#tip").isDisplayed()).isFalse();
  }

  @Test
  void bringOutAClassOfTheMap() {
    WebElement trousers = browser.findAll("#map .class-button").get(1);
    trousers.click();
    assertThat(trousers.getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(browser.findAll("#map .map-point:not(.faded)")).hasSize(60);
    trousers.click();
    assertThat(browser.findAll("#map .map-point.faded")).isEmpty();
  }

  @Test
  void sortTheTableOfClasses() {
    WebElement recall = browser.findAll("#classes thead button").get(1);
    recall.click();
    List<String> ascending = texts("#classes tbody th");
    assertThat(browser.findAll("#classes th[aria-sort=ascending]")).hasSize(1);
    recall.click();
    assertThat(texts("#classes tbody th")).isEqualTo(reversed(ascending));
    assertThat(ascending).startsWith("Shirt");
  }

  @Test
  void copyTheCommand() {
    browser.find("#setting .copy").click();
    browser.await("return document.querySelector('#setting .copy').textContent === 'Copied'");
    assertThat(text("#live")).isEqualTo("The command is copied.");
    assertThat(text("#command")).startsWith("./discern compare fashion-mnist --losses 'ce,");
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Select select(String section, String name) {
    return new Select(browser.find(section + " select[name=" + name + "]"));
  }

  private static String text(String selector) {
    return browser.text("return document.querySelector(arguments[0]).textContent", selector);
  }

  private static List<String> texts(String selector) {
    return browser
        .list(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector)
        .stream()
        .map(Object::toString)
        .toList();
  }
}
