package dev.discern.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.json.JsonMapper;

/** Debian's headless Chromium, driven for tests of pages. It downloads nothing. */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Kept, or its level would be collected: Selenium warns that it does not know this Chromium. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /**
   * Starts a browser with a fresh profile. Where there is none, the test is skipped; on CI, which
   * has to install it, the test fails.
   *
   * @return the browser, to be closed
   */
  public static Browser start() throws IOException {
    boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if (!there && System.getenv("CI") != null) {
      throw new IllegalStateException("CI has no " + CHROMIUM + " and " + DRIVER + ".");
    }
    assumeTrue(there, "no Chromium here: apt-get install chromium chromium-driver");
    SELENIUM.setLevel(Level.SEVERE);
    Path profile = Files.createTempDirectory("discern-browser");
    // An explicit driver, or Selenium would look for one on the network.
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(profile, new ChromeDriver(service, options(profile)));
  }

  private static ChromeOptions options(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--user-data-dir=" + profile);
    return options;
  }

  /** Opens a file or an address, and waits until it has loaded. */
  public void open(String address) {
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
    driver.get(address);
  }

  /** Sets the size of the view, in CSS pixels: unlike a window's, as narrow as one likes. */
  public void resize(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Emulates a medium ({@code screen} or {@code print}) and a colour scheme. */
  public void media(String medium, String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  public Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** What a script returns: a number, a text, a truth, a list or an element. */
  public Object script(String body, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(body, arguments), body);
  }

  public String text(String body, Object... arguments) {
    return script(body, arguments).toString();
  }

  public double figure(String body, Object... arguments) {
    return ((Number) script(body, arguments)).doubleValue();
  }

  public boolean holds(String body, Object... arguments) {
    return (Boolean) script(body, arguments);
  }

  /** Waits until a script returns true, at most ten seconds. */
  public void await(String body, Object... arguments) {
    new WebDriverWait(driver, Duration.ofSeconds(10)).until(d -> holds(body, arguments));
  }

  public List<?> list(String body, Object... arguments) {
    return (List<?>) script(body, arguments);
  }

  /** The driver itself, for what this class has no word for. */
  public ChromeDriver driver() {
    return driver;
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What the console got since the last call, from warnings upwards. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  /** The addresses asked for since the last call, the pages themselves included. */
  public List<String> requests() {
    JsonMapper json = JsonMapper.shared();
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> json.readTree(entry.getMessage()).path("message"))
        .filter(message -> message.path("method").asString("").equals("Network.requestWillBeSent"))
        .map(message -> message.path("params").path("request").path("url").asString(""))
        .filter(url -> !url.startsWith("data:") && !url.startsWith("chrome:"))
        .toList();
  }

  /** Prints the page as the browser would, and returns the PDF. */
  public byte[] pdf() {
    command("Emulation.setEmulatedMedia", Map.of("media", ""));
    Object data = command("Page.printToPDF", Map.of("preferCSSPageSize", true)).get("data");
    return Base64.getDecoder().decode(Objects.requireNonNull(data).toString());
  }

  /** Takes a picture of the whole page, as a PNG. */
  public byte[] picture() {
    Map<String, Object> all = Map.of("format", "png", "captureBeyondViewport", true);
    Object data = command("Page.captureScreenshot", all).get("data");
    return Base64.getDecoder().decode(Objects.requireNonNull(data).toString());
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
