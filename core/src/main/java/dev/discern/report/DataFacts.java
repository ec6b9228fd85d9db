package dev.discern.report;

import dev.discern.check.Classes;
import dev.discern.check.Kind;
import dev.discern.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a report says of its data: what training found when it opened them, classes of few images,
 * and the findings of a check of the same data whose folder lies beside the report's.
 */
final class DataFacts {
  private static final String CHECK = "check.json";

  private DataFacts() {}

  /**
   * Gathers the facts.
   *
   * @param source the data, as they were named
   * @param split their parts
   * @param folder the report's folder
   * @return sentences, small classes, and the check if there is one
   */
  static ObjectNode of(String source, Split split, Path folder) {
    ObjectNode node = Json.object().put("source", source);
    ArrayNode sentences = node.putArray("sentences");
    int[] counts = split.train().classCounts();
    sentences.add(sizes(counts));
    split.notes().forEach(sentences::add);
    ArrayNode small = node.putArray("smallClasses");
    double least = Classes.least(counts);
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] < least) {
        small.addObject().put("name", split.classNames().get(k)).put("images", counts[k]);
      }
    }
    int images = split.train().size() + split.validation().size() + split.test().size();
    check(source, folder).ifPresent(file -> node.set("check", summary(file, folder, images)));
    return node;
  }

  private static String sizes(int[] counts) {
    int fewest = Arrays.stream(counts).min().orElse(0);
    int most = Arrays.stream(counts).max().orElse(0);
    return fewest == most
        ? "Each class has " + most + " training images."
        : "Classes have " + fewest + " to " + most + " training images.";
  }

  private record CheckFile(Path path, JsonNode content) {}

  // The newest one, if the data were checked several times.
  private static Optional<CheckFile> check(String source, Path folder) {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    try (Stream<Path> beside = Files.list(parent)) {
      List<Path> newest =
          beside
              .map(path -> path.resolve(CHECK))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(DataFacts::written).reversed())
              .toList();
      return newest.stream()
          .flatMap(path -> read(path).stream())
          .filter(file -> file.content().path("data").asString("").equals(source))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // a report does not depend on what lies beside it
    }
  }

  private static long written(Path path) {
    return path.toFile().lastModified();
  }

  private static Optional<CheckFile> read(Path path) {
    try {
      return Optional.of(new CheckFile(path, Json.MAPPER.readTree(path.toFile())));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode summary(CheckFile file, Path folder, int images) {
    JsonNode content = file.content();
    Path page = file.path().resolveSibling("check.html");
    Path link = folder.toAbsolutePath().normalize().relativize(page);
    ObjectNode node = Json.object().put("page", link.toString().replace('\\', '/'));
    node.put("faults", content.path("faults").asInt());
    node.put(
        "images", content.path("images").valueStream().mapToInt(count -> count.asInt(0)).sum());
    node.put("imagesHere", images);
    ArrayNode kinds = node.putArray("kinds");
    for (Kind kind : Kind.values()) {
      int count = content.path("counts").path(kind.key()).asInt(0);
      if (count > 0) {
        kinds.addObject().put("title", kind.title()).put("count", count);
      }
    }
    return node;
  }
}
