package dev.discern.head;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.loss.Loss;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Losses of the user's own, which no catalogue knows: objects by the spelling that runs record.
 *
 * <p>A loss named {@code margin(m=2)} is recorded as {@code own:margin(m=2)}, or as {@code
 * own-multilabel:margin(m=2)} if it is for several labels per image. Its head is linear, so a
 * trained network needs the object only to train on.
 *
 * @param losses the losses by spelling
 */
public record OwnLosses(Map<String, Loss> losses) {
  /** No losses: only those of the catalogue can be trained. */
  public static final OwnLosses NONE = new OwnLosses(Map.of());

  private static final String PREFIX = "own:";
  private static final String MULTILABEL_PREFIX = "own-multilabel:";

  /** Keeps an unmodifiable copy. */
  public OwnLosses {
    losses = Map.copyOf(losses);
  }

  /**
   * Adds a loss.
   *
   * @param name a name of lowercase letters, digits, dashes and underscores, with numbers if the
   *     loss has parameters: {@code margin(m=2)}
   * @param loss the loss
   * @return these losses and that one
   * @throws InvalidConfig if the name has another form
   */
  public OwnLosses with(String name, Loss loss) {
    Map<String, Loss> more = new LinkedHashMap<>(losses);
    more.put(spelling(name, loss), loss);
    return new OwnLosses(more);
  }

  /**
   * The spelling under which a run records a loss.
   *
   * @param name as for {@link #with}
   * @param loss the loss
   * @return the name after a prefix that says how many labels an image has
   * @throws InvalidConfig if the name has another form
   */
  public static String spelling(String name, Loss loss) {
    String spelled = Spec.parse(name).toString();
    if (isOne(spelled)) {
      throw new InvalidConfig(
          "The name of a loss is '" + name + "': leave out the prefix, which a run adds itself.");
    }
    return (loss.task() == Task.ONE_LABEL ? PREFIX : MULTILABEL_PREFIX) + spelled;
  }

  /**
   * Whether a method is a loss of a user's own.
   *
   * @param method the spelling of a method
   * @return true if its object is not in the catalogue
   */
  public static boolean isOne(String method) {
    return method.startsWith(PREFIX) || method.startsWith(MULTILABEL_PREFIX);
  }

  /**
   * Creates a method.
   *
   * @param method its spelling
   * @return the method; for an own loss that is not here, a stand-in that has its head and measures
   *     cross-entropy
   * @throws InvalidConfig if the method or one of its parameters is unknown
   */
  public HeadFactory create(String method) {
    Spec spec = Spec.parse(method);
    if (!isOne(method)) {
      return Methods.CATALOGUE.create(spec);
    }
    Loss given = losses.get(spec.toString());
    return new LossHead(
        given == null ? StandIn.of(taskOf(method)) : new CheckedLoss(spec.toString(), given));
  }

  private static Task taskOf(String method) {
    return method.startsWith(PREFIX) ? Task.ONE_LABEL : Task.MANY_LABELS;
  }

  /**
   * Refuses to train with a stand-in.
   *
   * @param method the spelling of a method
   * @param subject what asks for it, as the start of a sentence: {@code The configuration}
   * @throws InvalidConfig if it is an own loss that is not here
   */
  public void requireGiven(String method, String subject) {
    if (isOne(method) && !losses.containsKey(Spec.parse(method).toString())) {
      throw new InvalidConfig(
          subject
              + " has the loss "
              + method
              + ", which is not part of Discern: train from the program that has it, and pass the"
              + " loss under that name.");
    }
  }
}
