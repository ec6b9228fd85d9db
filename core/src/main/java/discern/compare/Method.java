package discern.compare;

import discern.config.InvalidConfig;
import discern.config.Spec;
import discern.head.Methods;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is compared: a loss, or a loss whose learning rate follows another's mean gain.
 *
 * @param loss the loss that trains, in its full spelling
 * @param gainOf for a gain-matched control, the loss whose gain it is given, in its full spelling
 */
public record Method(String loss, Optional<String> gainOf) {
  private static final Pattern CONTROL = Pattern.compile("(.+)@gain\\((.+)\\)");

  /**
   * Reads {@code crl}, {@code crl(alpha=1,beta=2)} or {@code ce@gain(crl)}.
   *
   * @param text what the user wrote
   * @return the method, its losses in full spelling
   * @throws InvalidConfig if a loss is unknown, or the control's gain is not defined
   */
  public static Method parse(String text) {
    Matcher control = CONTROL.matcher(text.replace(" ", ""));
    if (!control.matches()) {
      return new Method(canonical(text), Optional.empty());
    }
    Method method =
        new Method(canonical(control.group(1)), Optional.of(canonical(control.group(2))));
    String gainOf = method.gainOf().orElseThrow();
    if (Methods.CATALOGUE.create(Spec.parse(gainOf)).curve().isEmpty()) {
      throw new InvalidConfig(
          "'"
              + text
              + "' asks for the gain of "
              + gainOf
              + ", which has none: its gradient is not cross-entropy's times a factor. Leave the"
              + " control out.");
    }
    return method;
  }

  /** Cross-entropy whose learning rate follows this loss's gain, where that means anything. */
  Optional<Method> control() {
    boolean stretches =
        gainOf.isEmpty()
            && !loss.equals("ce")
            && Methods.CATALOGUE.create(Spec.parse(loss)).curve().isPresent();
    return stretches ? Optional.of(new Method("ce", Optional.of(loss))) : Optional.empty();
  }

  private static String canonical(String spec) {
    return Methods.CATALOGUE.canonical(Spec.parse(spec)).toString();
  }

  /** The spelling that {@link #parse} reads. */
  @Override
  public String toString() {
    return gainOf.map(other -> loss + "@gain(" + other + ")").orElse(loss);
  }
}
