package dev.discern.config;

import java.util.List;

/** Refusals of configuration values, in one form of sentence. */
public final class Check {
  private Check() {}

  /**
   * Refuses a value unless a condition holds. Write conditions so that NaN fails them.
   *
   * @param holds the condition
   * @param name the value's path, such as {@code optim.lr}
   * @param value what was given
   * @param rule what it must be, such as "must be above 0"
   * @throws InvalidConfig if the condition does not hold
   */
  public static void that(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new InvalidConfig(name + " is " + value + ", but it " + rule + ".");
    }
  }

  /**
   * Refuses a method's parameter that is no finite number of at least 0.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value what was given
   * @throws InvalidConfig if it is negative, NaN or infinite
   */
  public static void nonNegative(String method, String parameter, double value) {
    that(
        value >= 0 && Double.isFinite(value),
        "Parameter " + parameter + " of " + method,
        value,
        "must be a finite number of at least 0");
  }

  /**
   * Refuses a method's parameter that is no finite number above 0.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value what was given
   * @throws InvalidConfig if it is 0 or less, NaN or infinite
   */
  public static void positive(String method, String parameter, double value) {
    that(
        value > 0 && Double.isFinite(value),
        "Parameter " + parameter + " of " + method,
        value,
        "must be a finite number above 0");
  }

  /**
   * Refuses a method's parameter that is no whole number of 1 to some limit.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value what was given
   * @param most the limit
   * @throws InvalidConfig if it is below 1, above the limit, or no whole number
   */
  public static void whole(String method, String parameter, double value, int most) {
    that(
        value >= 1 && value <= most && value == Math.rint(value),
        "Parameter " + parameter + " of " + method,
        value,
        "must be a whole number of 1 to " + most);
  }

  /**
   * Refuses a name that is not among the known ones.
   *
   * @param value what was given
   * @param name the value's path, such as {@code optim.schedule}
   * @param known the names allowed
   * @throws InvalidConfig if the value is none of them; they are listed
   */
  public static void oneOf(String value, String name, List<String> known) {
    if (!known.contains(value)) {
      throw new InvalidConfig(
          name + " is '" + value + "', but it must be one of: " + String.join(", ", known) + ".");
    }
  }
}
