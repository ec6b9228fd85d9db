package dev.discern.config;

/**
 * One value of the configuration, declared once: its key, its default, and what a user reads about
 * it. Command-line options, {@code config.yaml} and the documentation all follow from it.
 *
 * @param key section and name, such as {@code train.batchSize}
 * @param kind the kind of value it takes
 * @param fallback its default value, also for files that lack the key
 * @param placeholder the name of the value in help texts; empty for a switch
 * @param help one sentence for the user; empty if no option sets the value
 */
public record Setting(String key, Kind kind, Object fallback, String placeholder, String help) {
  /** Kinds of values. */
  public enum Kind {
    /** Text. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A whole number of 64 bits. */
    LONG,
    /** A number. */
    NUMBER,
    /** Yes or no. */
    SWITCH,
    /** Whole numbers. */
    WHOLES,
    /** Numbers. */
    NUMBERS,
    /** Methods such as {@code crop(padding=4)}. */
    SPECS
  }

  /**
   * Whether an option sets the value.
   *
   * @return false for values that are computed, or given as arguments
   */
  public boolean isOption() {
    return !help.isEmpty();
  }

  /**
   * The section that the key belongs to.
   *
   * @return such as {@code train}
   */
  public String section() {
    return key.substring(0, key.indexOf('.'));
  }

  /**
   * The key without its section.
   *
   * @return such as {@code batchSize}
   */
  public String name() {
    return key.substring(key.indexOf('.') + 1);
  }
}
