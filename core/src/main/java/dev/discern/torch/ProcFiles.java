package dev.discern.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the small text files in which Linux describes itself. */
final class ProcFiles {
  private ProcFiles() {}

  /** The lines of a file; empty if the system has no such file. */
  static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The first line of a file; an empty string if the system has no such file. */
  static String firstLine(Path file) {
    return lines(file).stream().findFirst().orElse("").strip();
  }

  /** The whole numbers of a list such as {@code 0-3,8}; anything else is ignored. */
  static SortedSet<Integer> numbers(String list) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String part : list.strip().split(",", -1)) {
      if (part.matches("\\d{1,6}(-\\d{1,6})?")) {
        int dash = part.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int last = Integer.parseInt(part.substring(dash + 1));
        for (int number = first; number <= last; number++) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }
}
