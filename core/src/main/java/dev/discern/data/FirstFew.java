package dev.discern.data;

import java.util.List;

/** Shortens long lists for messages. */
final class FirstFew {
  private static final int SHOWN = 5;
  private static final int MOST_CHARS = 1000;

  private FirstFew() {}

  /** The first lines of a list, one below the other, and the number of those left out. */
  static String of(List<String> lines, String what) {
    return lines.size() <= SHOWN
        ? String.join("\n", lines)
        : String.join("\n", lines.subList(0, SHOWN))
            + "\n... and "
            + (lines.size() - SHOWN)
            + " more "
            + what
            + ".";
  }

  /** A text, shortened if it is long. */
  static String cut(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "...";
  }

  /** The first names of a list within a sentence, and the number of those left out. */
  static String inLine(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }
}
