package dev.discern.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Puts pages before the browser, as files, as a reader would open them. */
final class ShownPage {
  private final Browser browser;
  private final Path folder;
  private int pages;

  ShownPage(Browser browser, Path folder) {
    this.browser = browser;
    this.folder = folder;
  }

  /** Shows a page, wide and light, forgetting what the browser complained of before. */
  Path show(ObjectNode data) throws IOException {
    Path file = folder.resolve("page-" + pages++ + ".html");
    Files.writeString(file, Page.render(data));
    browser.resize(1400, 900);
    browser.media("screen", "light");
    browser.open("about:blank");
    browser.complaints();
    browser.requests();
    browser.open(file.toUri().toString());
    return file;
  }
}
