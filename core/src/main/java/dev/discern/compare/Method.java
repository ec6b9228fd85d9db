package dev.discern.compare;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.curriculum.Curricula;
import dev.discern.head.Methods;
import dev.discern.head.OwnLosses;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method to compare: a loss, a loss whose learning rate follows another's mean gain, or a loss
 * with a curriculum.
 *
 * @param loss the training loss, in canonical spelling
 * @param gainOf for a gain-matched control, the loss whose gain it follows, in canonical spelling
 * @param curriculum {@code none}, or the curriculum in canonical spelling
 */
public record Method(String loss, Optional<String> gainOf, String curriculum) {
  private static final Pattern CONTROL = Pattern.compile("([^@]+)@gain\\(([^@]+)\\)");
  private static final Pattern TAUGHT = Pattern.compile("([^@]+)@([^@]+)");
  private static final String NO_CURRICULUM = "none";

  /**
   * Reads {@code crl}, {@code crl(alpha=1,beta=2)}, {@code ce@gain(crl)} or {@code
   * ce@class-expansion(stages=2)}.
   *
   * @param text the user's spelling
   * @return the method, its losses and curriculum in canonical spelling
   * @throws InvalidConfig if a loss or curriculum is unknown, or the control's gain is not defined
   */
  public static Method parse(String text) {
    String spec = text.replace(" ", "");
    Matcher control = CONTROL.matcher(spec);
    if (control.matches()) {
      return control(text, canonical(control.group(1)), canonical(control.group(2)));
    }
    Matcher taught = TAUGHT.matcher(spec);
    if (taught.matches() && !taught.group(2).equals("gain")) {
      String curriculum = Curricula.CATALOGUE.canonical(Spec.parse(taught.group(2))).toString();
      return new Method(canonical(taught.group(1)), Optional.empty(), curriculum);
    }
    if (spec.contains("@")) {
      throw new InvalidConfig(
          "'"
              + text
              + "' is not a method: after @, write gain(LOSS) or a curriculum such as"
              + " class-expansion, and not both.");
    }
    return new Method(canonical(text), Optional.empty(), NO_CURRICULUM);
  }

  private static Method control(String text, String loss, String gainOf) {
    // Whether a user's own loss has a gain shows in its runs.
    if (!OwnLosses.isOne(gainOf) && !hasGain(gainOf, OwnLosses.NONE)) {
      throw new InvalidConfig(
          "'"
              + text
              + "' asks for the gain of "
              + gainOf
              + ", for which Discern knows none: only a loss of p_y alone is cross-entropy with"
              + " another step. Leave the control out.");
    }
    return new Method(loss, Optional.of(gainOf), NO_CURRICULUM);
  }

  /** Cross-entropy whose learning rate follows this loss's gain, where that is defined. */
  Optional<Method> control(OwnLosses losses) {
    boolean stretches =
        gainOf.isEmpty()
            && curriculum.equals(NO_CURRICULUM)
            && !loss.equals("ce")
            && hasGain(loss, losses);
    return stretches
        ? Optional.of(new Method("ce", Optional.of(loss), NO_CURRICULUM))
        : Optional.empty();
  }

  private static boolean hasGain(String loss, OwnLosses losses) {
    return losses.create(loss).curve().isPresent();
  }

  private static String canonical(String spec) {
    return Methods.canonical(spec);
  }

  /** The spelling that {@link #parse} reads. */
  @Override
  public String toString() {
    return gainOf
        .map(other -> loss + "@gain(" + other + ")")
        .orElse(curriculum.equals(NO_CURRICULUM) ? loss : loss + "@" + curriculum);
  }
}
