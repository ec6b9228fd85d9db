package dev.discern.run;

import dev.discern.head.OwnLosses;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a program gives a training beside its configuration.
 *
 * @param losses the losses of the user's own that the configuration may name
 * @param alike the directory of another run to compute like, for a comparison: its recorded
 *     precisions replace {@code auto}
 */
public record Supplied(OwnLosses losses, Optional<Path> alike) {
  /** The configuration says it all. */
  public static final Supplied NOTHING = new Supplied(OwnLosses.NONE, Optional.empty());

  /**
   * Losses alone.
   *
   * @param losses the losses of the user's own
   * @return these losses, and no other run
   */
  public static Supplied of(OwnLosses losses) {
    return new Supplied(losses, Optional.empty());
  }
}
