package dev.discern.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The known names that someone who mistyped one may have meant. */
public final class Nearest {
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
  // Lets one wrong, missing or swapped letter of four pass; two words that share a start do not.
  private static final double LEAST = 0.85;
  private static final int MOST = 3;

  private Nearest() {}

  /**
   * Finds known names that resemble a given one.
   *
   * @param given what was typed, in any case
   * @param known the names allowed
   * @return at most three of them, the most similar first; none if none is similar
   */
  public static List<String> to(String given, Collection<String> known) {
    String asked = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> similarity(asked, name) >= LEAST)
        .sorted(Comparator.comparingDouble((String name) -> -similarity(asked, name)))
        .limit(MOST)
        .toList();
  }

  /**
   * A question after a mistyped name.
   *
   * @param given what was typed, in any case
   * @param known the names allowed
   * @return such as " Did you mean crl or nllr?", with a space before it, or nothing if no name is
   *     similar
   */
  public static String question(String given, Collection<String> known) {
    List<String> near = to(given, known);
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", " Did you mean ", "?"));
  }

  private static double similarity(String asked, String name) {
    return SIMILARITY.apply(asked, name.toLowerCase(Locale.ROOT));
  }
}
