package dev.discern.report;

import dev.discern.config.WebAssets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report of a run or of a comparison as one HTML file: it holds its data, its style,
 * WebAssets.D3 and its own code, opens offline and asks the network for nothing.
 */
public final class Page {

  /** In the order they need each other; they share one scope. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "format.js",
          "theme.js",
          "series.js",
          "tip.js",
          "figure.js",
          "chooser.js",
          "axes.js",
          "intervals.js",
          "lines.js",
          "panels.js",
          "thumbs.js",
          "heatmap.js",
          "map.js",
          "results.js",
          "pairs.js",
          "curves.js",
          "confusions.js",
          "calibration.js",
          "classes.js",
          "stages.js",
          "footer.js",
          "sections.js");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Page() {}

  /**
   * Renders a report.
   *
   * @param data what the page shows: {@code kind} ({@code run} or {@code comparison}), {@code
   *     title}, {@code verdict}, {@code losses} and so on; a section whose data are missing is left
   *     out. Shares are in [0, 1]; text may hold anything, markup included
   * @return the whole file, to be written as UTF-8
   */
  public static String render(JsonNode data) {
    Map<String, String> parts =
        Map.of(
            "title", escapedText(data.path("title").asString("Discern report")),
            "style", resource("page.css"),
            "data", escapedJson(data),
            "d3", resource(WebAssets.D3),
            "script", script());
    // One pass, so that a placeholder inside the data stays what it is: text.
    return PLACEHOLDER
        .matcher(resource("page.html"))
        .replaceAll(match -> Matcher.quoteReplacement(part(parts, match.group(1))));
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(parts.get(name), () -> "The page has no part " + name + ".");
  }

  private static String script() {
    return SCRIPTS.stream().map(Page::resource).collect(Collectors.joining("\n"));
  }

  /**
   * JSON that can stand inside a script element: none of its characters can close the element or
   * open a comment, since markup characters occur only in strings, where an escape means the same.
   */
  static String escapedJson(JsonNode data) {
    return JSON.writeValueAsString(data)
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e");
  }

  private static String escapedText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The page's part " + name + " is not in the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
