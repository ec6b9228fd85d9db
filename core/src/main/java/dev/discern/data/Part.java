package dev.discern.data;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A part of a data set, and its usual names. */
enum Part {
  TRAIN("training"),
  VALIDATION("validation"),
  TEST("test");

  private static final Map<String, Part> BY_WORD =
      Map.ofEntries(
          Map.entry("train", TRAIN),
          Map.entry("training", TRAIN),
          Map.entry("trn", TRAIN),
          Map.entry("trainval", TRAIN),
          Map.entry("val", VALIDATION),
          Map.entry("valid", VALIDATION),
          Map.entry("validation", VALIDATION),
          Map.entry("validate", VALIDATION),
          Map.entry("dev", VALIDATION),
          Map.entry("devel", VALIDATION),
          Map.entry("development", VALIDATION),
          Map.entry("eval", VALIDATION),
          Map.entry("evaluation", VALIDATION),
          Map.entry("test", TEST),
          Map.entry("tests", TEST),
          Map.entry("testing", TEST),
          Map.entry("tst", TEST),
          Map.entry("holdout", TEST));

  // Words that say nothing about which part it is: "train_set", "training-images", "TestData".
  private static final List<String> FILLERS =
      List.of(
          "dataset",
          "set",
          "sets",
          "data",
          "images",
          "image",
          "imgs",
          "img",
          "photos",
          "pictures",
          "split",
          "part",
          "folder",
          "samples");

  private final String word;

  Part(String word) {
    this.word = word;
  }

  /** The adjective in messages, such as "training". */
  String word() {
    return word;
  }

  /**
   * A name that denotes a part.
   *
   * @param part which one
   * @param rest its other words, such as "seg" of "seg_train"; usually empty
   */
  record Named(Part part, String rest) {}

  /**
   * Reads a folder's or file's name: a word for a part in any case, and perhaps a year and filler
   * words.
   *
   * @param name such as "train", "Valid", "test2017", "training-images" or "seg_train"
   * @return the part; empty if no word, or more than one, denotes a part
   */
  static Optional<Named> of(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<String> words =
        Arrays.stream(plain.split("[^\\p{L}\\p{N}]+")).filter(w -> !w.isEmpty()).toList();
    List<Part> parts = words.stream().flatMap(w -> ofWord(w).stream()).toList();
    if (parts.size() != 1) {
      return Optional.empty();
    }
    String rest =
        words.stream()
            .filter(w -> ofWord(w).isEmpty() && !FILLERS.contains(w) && !w.matches("(19|20)\\d\\d"))
            .collect(Collectors.joining(" "));
    return Optional.of(new Named(parts.get(0), rest));
  }

  /** The part that a name means by itself, as in a column of a list. */
  static Optional<Part> exactly(String name) {
    return of(name).filter(named -> named.rest().isEmpty()).map(Named::part);
  }

  private static Optional<Part> ofWord(String word) {
    String plain = word.replaceFirst("(19|20)\\d\\d$", "");
    return Optional.ofNullable(BY_WORD.getOrDefault(plain, BY_WORD.get(withoutFiller(plain))));
  }

  private static String withoutFiller(String word) {
    return FILLERS.stream()
        .filter(word::endsWith)
        .map(filler -> word.substring(0, word.length() - filler.length()))
        .findFirst()
        .orElse(word);
  }
}
