package dev.discern.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A method by name, with numbers for its parameters: {@code crl} or {@code crl(alpha=1.5,beta=1)}.
 * One spelling on the command line, in configuration files, in reports and in the documentation.
 *
 * @param name the catalogue name, or the name of a user's own loss after {@code own:} or {@code
 *     own-multilabel:}
 * @param parameters the parameters given, in the order given; those left out take their defaults
 */
public record Spec(String name, Map<String, Double> parameters) {
  private static final Pattern FORM =
      Pattern.compile("((?:own(?:-multilabel)?:)?[a-z][a-z0-9_-]*)(?:\\((.*)\\))?");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z][A-Za-z0-9]*)=(\\S+)");

  /** Keeps an unmodifiable copy. */
  public Spec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads {@code name} or {@code name(key=number,...)}.
   *
   * @param text the spec as a user writes it; spaces around separators are allowed
   * @return the spec, its numbers parsed but not yet checked against a catalogue
   * @throws InvalidConfig if the text has another form, a value is not a number, or a key occurs
   *     twice
   */
  public static Spec parse(String text) {
    Matcher form = FORM.matcher(text.replace(" ", ""));
    if (!form.matches()) {
      throw new InvalidConfig(
          "'"
              + text
              + "' is not a method: write a name, or a name with numbers such as"
              + " crl(alpha=1.5,beta=1).");
    }
    Map<String, Double> parameters = new LinkedHashMap<>();
    String inside = form.group(2);
    if (inside != null && !inside.isEmpty()) {
      for (String assignment : inside.split(",", -1)) {
        addAssignment(text, assignment, parameters);
      }
    }
    return new Spec(form.group(1), parameters);
  }

  private static void addAssignment(String text, String assignment, Map<String, Double> into) {
    Matcher pair = ASSIGNMENT.matcher(assignment);
    if (!pair.matches()) {
      throw new InvalidConfig(
          "In '" + text + "', '" + assignment + "' is not of the form parameter=number.");
    }
    double value;
    try {
      value = Double.parseDouble(pair.group(2));
    } catch (NumberFormatException e) {
      throw new InvalidConfig(
          "In '"
              + text
              + "', parameter "
              + pair.group(1)
              + " is '"
              + pair.group(2)
              + "', which is not a number.",
          e);
    }
    if (into.put(pair.group(1), value) != null) {
      throw new InvalidConfig("In '" + text + "', parameter " + pair.group(1) + " occurs twice.");
    }
  }

  /** The spelling that {@link #parse} reads back: {@code crl(alpha=1.5,beta=1)}. */
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return name;
    }
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + number(e.getValue()))
        .collect(Collectors.joining(",", name + "(", ")"));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
