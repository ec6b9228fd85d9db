package dev.discern.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, with a real model. */
class PageTest {
  @TempDir Path folder;
  private ModelServer server;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    browser = Browser.start();
    server = serve(Optional.empty());
    browser.resize(1200, 900);
    browser.media("light");
    browser.open(server.address().toString());
  }

  private static ModelServer serve(Optional<Token> token) {
    ServeOptions defaults = ServeOptions.defaults();
    return ModelServer.start(
        List.of(
            ModelSource.of(ShutdownTest.MODEL.toString()),
            ModelSource.of(ShutdownTest.MODEL.resolveSibling("several.onnx").toString())),
        new ServeOptions("127.0.0.1", 0, defaults.batching(), defaults.limits(), token),
        new AccessLog(new PrintWriter(new StringWriter()), false));
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  private void awaitModels() {
    browser.await("return document.getElementById('model').options.length === 2");
  }

  private void awaitAnswer() {
    browser.await(
        "return !document.getElementById('result').hidden"
            + " && !document.getElementById('answer').classList.contains('busy')");
  }

  private String text(String selector) {
    return browser.find(selector).getText();
  }

  private void choose(byte[] content) throws IOException {
    Path file = folder.resolve("photo.jpg");
    Files.write(file, content);
    browser.find("#file").sendKeys(file.toString());
  }

  @Test
  void showsTheAnswerForAChosenImage() throws IOException {
    awaitModels();
    assertThat(text("#about")).contains("small knows 5 classes");
    choose(ShutdownTest.jpeg());
    awaitAnswer();
    assertThat(browser.findAll("#bars li")).hasSize(5);
    assertThat(text("#verdict")).endsWith("\u202f%");
    assertThat(text("#rival")).startsWith("The strongest rival is ");
    assertThat(text("#latency")).matches("\\d+ ms in the server, \\d+ ms in all\\.");
    double widest = browser.figure("return document.querySelector('.first .fill').offsetWidth");
    double next = browser.figure("return document.querySelector('.rival .fill').offsetWidth");
    assertThat(widest).isGreaterThan(next).isPositive();
    assertThat(browser.truth("return document.getElementById('shown').naturalWidth === 90"))
        .isTrue();
    assertThat(browser.complaints()).isEmpty();
    String origin = server.address().toString();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(url -> url.startsWith(origin) || url.startsWith("blob:" + origin));
  }

  @Test
  void takesDroppedAndPastedImages() throws IOException {
    awaitModels();
    String base64 = Base64.getEncoder().encodeToString(ShutdownTest.jpeg());
    for (String event : List.of("drop", "paste")) {
      browser.script(
          "document.getElementById('result').hidden = true;"
              + "const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));"
              + "const data = new DataTransfer();"
              + "data.items.add(new File([bytes], 'a.jpg', {type: 'image/jpeg'}));"
              + "const init = {bubbles: true, cancelable: true, dataTransfer: data,"
              + " clipboardData: data};"
              + "document.body.dispatchEvent(arguments[1] === 'drop'"
              + " ? new DragEvent('drop', init) : new ClipboardEvent('paste', init));"
              + "return true",
          base64,
          event);
      awaitAnswer();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAnImage() throws IOException {
    awaitModels();
    choose(new byte[] {1, 2, 3});
    browser.await("return !document.getElementById('problem').hidden");
    assertThat(text("#problem")).startsWith("The image").endsWith(".");
    choose(ShutdownTest.jpeg());
    awaitAnswer();
    assertThat(browser.find("#problem").isDisplayed()).isFalse();
  }

  @Test
  void worksFromTheKeyboard() throws IOException {
    awaitModels();
    choose(ShutdownTest.jpeg());
    awaitAnswer();
    browser.find("body").sendKeys(Keys.TAB);
    assertThat(focused()).isEqualTo("model");
    browser.driver().switchTo().activeElement().sendKeys("several");
    browser.await("return document.getElementById('model').value === 'several'");
    awaitAnswer();
    browser.await("return document.getElementById('rival').textContent === ''");
    for (String next : List.of("choose", "camera")) {
      browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
      assertThat(focused()).isEqualTo(next);
    }
    assertThat(
            browser.figure(
                "return parseFloat(getComputedStyle(document.activeElement).outlineWidth)"))
        .isEqualTo(2);
  }

  private String focused() {
    return browser.script("return document.activeElement.id").toString();
  }

  @Test
  void takesAPictureWithTheCamera() {
    awaitModels();
    browser.find("#camera").sendKeys(Keys.ENTER);
    browser.await("return document.getElementById('video').videoWidth > 0");
    assertThat(focused()).isEqualTo("shoot");
    browser.find("#shoot").sendKeys(Keys.ENTER);
    awaitAnswer();
    browser.find("#shoot").sendKeys(Keys.ESCAPE);
    browser.await("return document.getElementById('viewfinder').hidden");
    assertThat(focused()).isEqualTo("camera");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void asksForTheToken() throws IOException {
    server.close();
    server = serve(Optional.of(Token.of("s3cret-token", "a test")));
    browser.open(server.address().toString());
    browser.await("return !document.getElementById('token-label').hidden");
    WebElement token = browser.find("#token");
    token.sendKeys("s3cret-token" + Keys.ENTER);
    awaitModels();
    choose(ShutdownTest.jpeg());
    awaitAnswer();
  }

  @Test
  void fitsNarrowAndDarkScreens() throws IOException {
    awaitModels();
    choose(ShutdownTest.jpeg());
    awaitAnswer();
    for (String scheme : List.of("light", "dark")) {
      browser.media(scheme);
      for (int width : new int[] {1200, 320}) {
        browser.resize(width, 800);
        double wide = browser.figure("return document.documentElement.scrollWidth");
        assertThat(wide).as("%s %d", scheme, width).isLessThanOrEqualTo(width);
        keepPicture(scheme + "-" + width);
      }
    }
    String dark =
        browser.script("return getComputedStyle(document.body).backgroundColor").toString();
    assertThat(dark).isEqualTo("rgb(21, 24, 28)");
  }

  // For a person to look at: -Ddiscern.pictures=FOLDER.
  private void keepPicture(String name) throws IOException {
    String to = System.getProperty("discern.pictures");
    if (to != null) {
      Files.write(Path.of(to, name + ".png"), browser.picture());
    }
  }
}
