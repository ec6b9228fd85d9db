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
    TEXT("text"),
    /** A whole number. */
    WHOLE("a whole number"),
    /** A whole number of 64 bits. */
    LONG("a whole number"),
    /** A number. */
    NUMBER("a number"),
    /** Yes or no. */
    SWITCH("true or false"),
    /** Whole numbers. */
    WHOLES("a list of whole numbers, such as [1, 2]"),
    /** Numbers. */
    NUMBERS("a list of numbers, such as [0.5, 1]"),
    /** Methods such as {@code crop(padding=4)}. */
    SPECS("a list of names, such as [flip]");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /**
     * What a user reads.
     *
     * @return such as {@code a whole number}
     */
    public String words() {
      return words;
    }
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
