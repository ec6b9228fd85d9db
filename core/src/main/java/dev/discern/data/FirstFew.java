package dev.discern.data;

import java.util.List;

/** Long lists in messages. */
final class FirstFew {
  private static final int SHOWN = 5;

  private FirstFew() {}

  /** The first lines of a list, one below the other, and how many more there are of what. */
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
}
