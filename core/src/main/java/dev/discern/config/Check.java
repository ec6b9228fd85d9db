package dev.discern.config;

import java.util.List;

/** Checks of configuration values, with one form of message. */
public final class Check {
  private Check() {}

  /**
   * Refuses a value unless a condition holds. Write conditions so that NaN fails them.
   *
   * @param holds the condition
   * @param name the value's path, such as {@code optim.lr}
   * @param value the given value
   * @param rule the requirement, such as "must be above 0"
   * @throws InvalidConfig if the condition does not hold
   */
  public static void that(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new InvalidConfig(name + " is " + value + ", but it " + rule + ".");
    }
  }

  /**
   * Refuses a method's parameter unless it is a finite number of at least 0.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value the given value
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
   * Refuses a method's parameter unless it is a finite number above 0.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value the given value
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
   * Refuses a method's parameter unless it is a whole number from 1 to a limit.
   *
   * @param method the method's name
   * @param parameter the parameter's name
   * @param value the given value
   * @param most the limit
   * @throws InvalidConfig if it is below 1, above the limit, or not a whole number
   */
  public static void whole(String method, String parameter, double value, int most) {
    that(
        value >= 1 && value <= most && value == Math.rint(value),
        "Parameter " + parameter + " of " + method,
        value,
        "must be a whole number from 1 to " + most);
  }

  /**
   * Refuses a name that is not among the known ones.
   *
   * @param value the given value
   * @param name the value's path, such as {@code optim.schedule}
   * @param known the names allowed
   * @throws InvalidConfig if the value is none of them; the message lists them
   */
  public static void oneOf(String value, String name, List<String> known) {
    if (!known.contains(value)) {
      throw new InvalidConfig(
          name + " is '" + value + "', but it must be one of: " + String.join(", ", known) + ".");
    }
  }
}
