package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a field of a list spells labels: one name, or several between semicolons, bars, commas or
 * blanks, or a list in brackets. A semicolon always separates. Other characters do so only if the
 * labels between them also occur elsewhere: {@code red car} and {@code tench, Tinca tinca} are
 * names.
 */
final class LabelSyntax {
  private static final char WHOLE = 0;
  private static final char BLANK = ' ';

  private final char separator;
  private final Optional<String> note;

  private LabelSyntax(char separator, Optional<String> note) {
    this.separator = separator;
    this.note = note;
  }

  /**
   * Detects how labels are separated.
   *
   * @param file the list, for messages
   * @param fields all distinct fields
   * @param asked how many labels the user says each image has, if given
   * @throws WorkFailed if that is ambiguous
   */
  static LabelSyntax of(Path file, Collection<String> fields, Optional<Task> asked) {
    if (asked.equals(Optional.of(Task.ONE_LABEL))) {
      return new LabelSyntax(WHOLE, Optional.empty());
    }
    List<Character> used = new ArrayList<>();
    for (char c : new char[] {';', '|', ','}) {
      if (separates(fields, c, asked)) {
        used.add(c);
      }
    }
    if (used.size() > 1) {
      throw new WorkFailed(
          file
              + " separates labels by both '"
              + used.get(0)
              + "' and '"
              + used.get(1)
              + "': use only ;.");
    }
    if (used.isEmpty() && separatesByBlanks(file, fields, asked)) {
      used.add(BLANK);
    }
    return used.isEmpty()
        ? new LabelSyntax(WHOLE, Optional.empty())
        : separatedBy(used.get(0), file);
  }

  private static LabelSyntax separatedBy(char separator, Path file) {
    Optional<String> note =
        separator == ';'
            ? Optional.empty()
            : Optional.of(
                "Labels in "
                    + file
                    + " are separated by "
                    + (separator == BLANK ? "blanks" : "'" + separator + "'")
                    + ".");
    return new LabelSyntax(separator, note);
  }

  private static boolean separates(Collection<String> fields, char c, Optional<Task> asked) {
    List<String> several = fields.stream().filter(f -> f.indexOf(c) >= 0).toList();
    return !several.isEmpty()
        && (c == ';'
            || asked.isPresent()
            || several.stream().allMatch(LabelSyntax::isList)
            || isShared(fields, c));
  }

  // Whether a label is in two different fields.
  private static boolean isShared(Collection<String> fields, char c) {
    Set<String> seen = new HashSet<>();
    for (String field : fields) {
      for (String label : split(field, c)) {
        if (!seen.add(label)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean separatesByBlanks(
      Path file, Collection<String> fields, Optional<Task> asked) {
    List<String> several = fields.stream().filter(f -> f.indexOf(BLANK) >= 0).toList();
    if (several.isEmpty()) {
      return false;
    }
    Set<String> labels =
        several.stream().flatMap(f -> split(f, BLANK).stream()).collect(Collectors.toSet());
    if (asked.isPresent() || fields.containsAll(labels)) {
      return true;
    }
    // 17 words in 400 combinations are labels; "red car" and "blue car" are names.
    if (several.size() > 2 * labels.size()) {
      throw new WorkFailed(
          file
              + " has labels such as '"
              + several.get(0)
              + "', which may be one label or several: put ; between several. To read them as one"
              + " label per image, write one-label: before the path of the data, and"
              + " several-labels: for the other.");
    }
    return false;
  }

  /** What the user should know about it. */
  Optional<String> note() {
    return note;
  }

  /** The labels in a field, each once. */
  Set<String> labels(String field) {
    return separator == WHOLE
        ? (field.isEmpty() ? Set.of() : Set.of(field))
        : split(field, separator);
  }

  private static boolean isList(String field) {
    return field.startsWith("[") && field.endsWith("]");
  }

  // ['cat', 'dog'] is how Python writes a list.
  private static Set<String> split(String field, char separator) {
    boolean list = isList(field);
    String inside = list ? field.substring(1, field.length() - 1) : field;
    return Stream.of(inside.split(Pattern.quote(String.valueOf(separator))))
        .map(String::strip)
        .map(label -> list ? label.replaceAll("^['\"]|['\"]$", "") : label)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toSet());
  }
}
