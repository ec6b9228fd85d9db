package discern.config;

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
}
