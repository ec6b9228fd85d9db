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
 * The report of a run or of a comparison as a single HTML file: it contains its data, styles, D3
 * and scripts, works offline and makes no network requests.
 */
public final class Page {

  /** In dependency order; the scripts share one scope. */
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
          "sizes.js",
          "confusions.js",
          "calibration.js",
          "certainty.js",
          "classes.js",
          "stages.js",
          "explained.js",
          "footer.js",
          "datafacts.js",
          "sections.js");

  private static final List<String> EXPLANATION_SCRIPTS =
      List.of("dom.js", "format.js", "theme.js", "thumbs.js", "explained.js", "explanation.js");

  private static final List<String> CHECK_SCRIPTS =
      List.of("dom.js", "format.js", "theme.js", "thumbs.js", "check.js");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Page() {}

  /**
   * Renders a report.
   *
   * @param data the content of the page: {@code kind} ({@code run} or {@code comparison}), {@code
   *     title}, {@code verdict}, {@code losses} and so on; sections without data are omitted.
   *     Shares are in [0, 1]; text may contain anything, including markup
   * @return the content of the file, to be written as UTF-8
   */
  public static String render(JsonNode data) {
    return render(data, SCRIPTS);
  }

  /**
   * Renders explanations of images.
   *
   * @param data the content of the page, as {@link ExplainPage} writes it
   * @return the content of the file, to be written as UTF-8
   */
  static String renderExplanations(JsonNode data) {
    return render(data, EXPLANATION_SCRIPTS);
  }

  /**
   * Renders the check of a data set.
   *
   * @param data the content of the page, as {@link CheckReport} writes it
   * @return the content of the file, to be written as UTF-8
   */
  static String renderCheck(JsonNode data) {
    return render(data, CHECK_SCRIPTS);
  }

  private static String render(JsonNode data, List<String> scripts) {
    Map<String, String> parts =
        Map.of(
            "title", escapedText(data.path("title").asString("Discern report")),
            "style", resource("page.css"),
            "data", escapedJson(data),
            "d3", resource(WebAssets.D3),
            "script", scripts.stream().map(Page::resource).collect(Collectors.joining("\n")));
    // One pass, so that a placeholder within the data remains plain text.
    return PLACEHOLDER
        .matcher(resource("page.html"))
        .replaceAll(match -> Matcher.quoteReplacement(part(parts, match.group(1))));
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(
        parts.get(name), () -> "The page template has no part " + name + ".");
  }

  /**
   * JSON that is safe inside a script element. Markup characters occur only in strings, so they can
   * be escaped without a change of meaning; no character can then close the element or open a
   * comment.
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
        throw new IllegalStateException("The page resource " + name + " is not in the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
