package dev.discern.runtime;

import dev.discern.certainty.Conformity;
import dev.discern.graph.BadOnnx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a card from the metadata of an exported file. */
final class CardReader {
  private static final String PREFIX = "discern.";
  private static final String PROVENANCE = "provenance.";
  private static final String FORMAT = "format";
  private static final List<String> NEEDED =
      List.of(
          FORMAT, "task", "classes", "channels", "height", "width", "crop-ratio", "interpolation");

  private final Map<String, String> metadata;

  private CardReader(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /**
   * Reads a card.
   *
   * @param metadata text by key
   * @return the card
   * @throws BadOnnx if Discern did not write the file, or the metadata are damaged
   */
  static Card read(Map<String, String> metadata) throws BadOnnx {
    List<String> missing =
        NEEDED.stream().map(PREFIX::concat).filter(key -> !metadata.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw new BadOnnx(
          "was not exported by Discern: its metadata lack "
              + String.join(", ", missing)
              + ". Export a run, or add these metadata");
    }
    if (!"1".equals(metadata.get(PREFIX + FORMAT))) {
      throw new BadOnnx("was exported by a newer version of Discern. Use a newer discern-runtime");
    }
    try {
      return new CardReader(metadata).card();
    } catch (IllegalArgumentException e) {
      throw new BadOnnx("has damaged metadata: " + e.getMessage() + ". Export the run again");
    }
  }

  private Card card() {
    return new Card(
        task(),
        names(text("classes", "")),
        names(text("class-ids", "")),
        input(),
        text("architecture", "unknown"),
        text("method", "unknown"),
        number("temperature", "1"),
        conformity(text("conformity", "")),
        provenance());
  }

  private Card.Task task() {
    return switch (text("task", "")) {
      case "one-label" -> Card.Task.ONE_LABEL;
      case "several-labels" -> Card.Task.SEVERAL_LABELS;
      default -> throw new IllegalArgumentException("its task is unknown");
    };
  }

  private Card.Input input() {
    String filter = text("interpolation", "").toUpperCase(Locale.ROOT);
    Card.Interpolation interpolation =
        Stream.of(Card.Interpolation.values())
            .filter(known -> known.name().equals(filter))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("its interpolation is unknown"));
    return new Card.Input(
        whole("channels"),
        whole("height"),
        whole("width"),
        number("crop-ratio", ""),
        interpolation);
  }

  private String text(String key, String otherwise) {
    return metadata.getOrDefault(PREFIX + key, otherwise);
  }

  private int whole(String key) {
    double value = number(key, "");
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(PREFIX + key + " is not a whole number");
    }
    return (int) value;
  }

  private double number(String key, String otherwise) {
    return parsed(text(key, otherwise), PREFIX + key);
  }

  private static double parsed(String text, String key) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a number", e);
    }
  }

  /** Splits at newlines that no backslash precedes. */
  static List<String> names(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int k = 0; k < joined.length(); k++) {
      char c = joined.charAt(k);
      if (c == '\n') {
        names.add(name.toString());
        name.setLength(0);
      } else if (c == '\\' && k + 1 < joined.length()) {
        k++;
        name.append(joined.charAt(k) == 'n' ? '\n' : joined.charAt(k));
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return names;
  }

  private static Optional<Conformity> conformity(String scores) {
    if (scores.isBlank()) {
      return Optional.empty();
    }
    double[] values =
        Arrays.stream(scores.split(",", -1))
            .mapToDouble(score -> parsed(score.strip(), PREFIX + "conformity"))
            .toArray();
    for (double value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a conformity score is out of range");
      }
    }
    return Optional.of(Conformity.of(values));
  }

  private Map<String, String> provenance() {
    Map<String, String> facts = new HashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + PROVENANCE)) {
            facts.put(key.substring((PREFIX + PROVENANCE).length()), value);
          }
        });
    return facts;
  }
}
